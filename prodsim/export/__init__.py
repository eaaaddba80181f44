"""Results to keep and to hand on: a JSON document, a table for a spreadsheet, an HTML report."""

from prodsim.export.csv import to_csv
from prodsim.export.document import (
    ImageQuery,
    PhotosQuery,
    ProductQuery,
    SearchDocument,
    catalog_document,
    heading,
    image_query,
    names_document,
    neighbors_table,
    search_document,
    verdict,
)
from prodsim.export.html import Figure, photo_figures, report

__all__ = [
    "Figure",
    "ImageQuery",
    "PhotosQuery",
    "ProductQuery",
    "SearchDocument",
    "catalog_document",
    "heading",
    "image_query",
    "names_document",
    "neighbors_table",
    "photo_figures",
    "report",
    "search_document",
    "to_csv",
    "verdict",
]
