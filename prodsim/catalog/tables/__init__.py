"""Tables of products, whatever kind of file they are in: `Sheet` is what all of them become."""

from prodsim.catalog.tables.sheet import Row, Sheet

__all__ = ["Row", "Sheet"]
