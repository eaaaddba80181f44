"""Results to keep and to hand on: a JSON document, a table for a spreadsheet, an HTML report."""

from prodsim.export.csv import to_csv
from prodsim.export.document import search_document
from prodsim.export.html import report
from prodsim.export.tables import catalog_document, neighbors_table

__all__ = ["catalog_document", "neighbors_table", "report", "search_document", "to_csv"]
