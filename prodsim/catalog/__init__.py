"""Catalogs: where they come from, how they are read, and what is in them."""

from prodsim.catalog.datasets import FASHION_SMALL, HANDLE, fetch_fashion_small
from prodsim.catalog.facets import MAX_VALUES, emptied_by, facet_counts, filterable
from prodsim.catalog.files import find_table
from prodsim.catalog.folder import Folder, read_catalog
from prodsim.catalog.labels import in_words
from prodsim.catalog.library import Library
from prodsim.catalog.model import NAME_ATTRIBUTE, OTHER, Catalog, Filters, Product, other_than
from prodsim.catalog.names import check_name, free_name
from prodsim.catalog.preview import Preview, look_into
from prodsim.catalog.problems import KINDS, LEFT_OUT_ROWS, REPAIRED
from prodsim.catalog.source import Source
from prodsim.catalog.sources import DEMO, open_catalog
from prodsim.catalog.staging import MAX_UPLOAD_MB, choices, chosen, uploaded
from prodsim.catalog.statistics import Among, counts, overview, problem_counts
from prodsim.catalog.tables import SEPARATORS, Record, decoded, first_record, lines_of, records
from prodsim.catalog.words import LONGEST_WORDS, bounded

__all__ = [
    "DEMO",
    "FASHION_SMALL",
    "HANDLE",
    "KINDS",
    "LEFT_OUT_ROWS",
    "LONGEST_WORDS",
    "MAX_UPLOAD_MB",
    "MAX_VALUES",
    "NAME_ATTRIBUTE",
    "OTHER",
    "REPAIRED",
    "SEPARATORS",
    "Among",
    "Catalog",
    "Filters",
    "Folder",
    "Library",
    "Preview",
    "Product",
    "Record",
    "Source",
    "bounded",
    "check_name",
    "choices",
    "chosen",
    "counts",
    "decoded",
    "emptied_by",
    "facet_counts",
    "fetch_fashion_small",
    "filterable",
    "find_table",
    "first_record",
    "free_name",
    "in_words",
    "lines_of",
    "look_into",
    "open_catalog",
    "other_than",
    "overview",
    "problem_counts",
    "read_catalog",
    "records",
    "uploaded",
]
