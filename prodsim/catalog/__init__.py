"""Catalogs: where they come from, how they are read, and what is in them."""

from prodsim.catalog.addressed_tables import Addressed, addressed
from prodsim.catalog.addresses import addresses_in, hosts_of, stem_of
from prodsim.catalog.datasets import FASHION_SMALL, HANDLE, fetch_fashion_small
from prodsim.catalog.facets import MAX_VALUES, emptied_by, facet_counts, filterable, is_ranged, number_range
from prodsim.catalog.fetched_pictures import MAX_TOTAL_BYTES
from prodsim.catalog.fetching import MAX_PICTURES, Failure, Fetched, complete, fetch, place_of
from prodsim.catalog.files import FETCHING
from prodsim.catalog.filters import BOUNDS, OTHER, WORDS, Filters, Sign, at_least, at_most, check, other_than, parted
from prodsim.catalog.folder import Folder
from prodsim.catalog.headers import ROLES, Role
from prodsim.catalog.labels import in_words
from prodsim.catalog.library import Library
from prodsim.catalog.links import web_link
from prodsim.catalog.model import Catalog, Product
from prodsim.catalog.names import check_name, free_name
from prodsim.catalog.numerals import written
from prodsim.catalog.preview import Preview, look_into
from prodsim.catalog.problems import JOINED, KINDS, LEFT_OUT_ROWS, REPAIRED
from prodsim.catalog.reading import read_catalog
from prodsim.catalog.schema import Schema
from prodsim.catalog.source import Source
from prodsim.catalog.sources import DEMO, open_catalog, origin, unpacked_now, unpacked_zips
from prodsim.catalog.staging import MAX_UPLOAD_MB, choices, chosen, uploaded
from prodsim.catalog.statistics import Among, counts, overview, problem_counts
from prodsim.catalog.tables import (
    MAX_BYTES,
    SEPARATORS,
    TABLE_SUFFIXES,
    Record,
    decoded,
    first_record,
    lines_of,
    records,
)
from prodsim.catalog.values import Kind, Values
from prodsim.catalog.watching import Watch
from prodsim.catalog.words import LONGEST_WORDS, bounded

__all__ = [
    "BOUNDS",
    "DEMO",
    "FASHION_SMALL",
    "FETCHING",
    "HANDLE",
    "JOINED",
    "KINDS",
    "LEFT_OUT_ROWS",
    "LONGEST_WORDS",
    "MAX_BYTES",
    "MAX_PICTURES",
    "MAX_TOTAL_BYTES",
    "MAX_UPLOAD_MB",
    "MAX_VALUES",
    "OTHER",
    "REPAIRED",
    "ROLES",
    "SEPARATORS",
    "TABLE_SUFFIXES",
    "WORDS",
    "Addressed",
    "Among",
    "Catalog",
    "Failure",
    "Fetched",
    "Filters",
    "Folder",
    "Kind",
    "Library",
    "Preview",
    "Product",
    "Record",
    "Role",
    "Schema",
    "Sign",
    "Source",
    "Values",
    "Watch",
    "addressed",
    "addresses_in",
    "at_least",
    "at_most",
    "bounded",
    "check",
    "check_name",
    "choices",
    "chosen",
    "complete",
    "counts",
    "decoded",
    "emptied_by",
    "facet_counts",
    "fetch",
    "fetch_fashion_small",
    "filterable",
    "first_record",
    "free_name",
    "hosts_of",
    "in_words",
    "is_ranged",
    "lines_of",
    "look_into",
    "number_range",
    "open_catalog",
    "origin",
    "other_than",
    "overview",
    "parted",
    "place_of",
    "problem_counts",
    "read_catalog",
    "records",
    "stem_of",
    "unpacked_now",
    "unpacked_zips",
    "uploaded",
    "web_link",
    "written",
]
