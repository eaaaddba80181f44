"""Results to keep and to hand on: as JSON, as a table, as an HTML report; and vectors for other tools."""

from prodsim.export.csv import to_csv
from prodsim.export.document import search_document
from prodsim.export.html import report
from prodsim.export.parquet import write_vectors
from prodsim.export.tables import catalog_document, neighbors_table

__all__ = ["catalog_document", "neighbors_table", "report", "search_document", "to_csv", "write_vectors"]
