"""What the server answers beside the app's pages, before any visitor's session begins. Nothing heavy is imported here:
the server starts with it.
"""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from prodsim.api.moved import MOVED, redirects

__all__ = ["routes"]


def routes(base: str = "") -> Sequence[BaseRoute]:
    """The routes that `st.App` puts before Streamlit's own, below the address `base` (`server.baseUrlPath`)."""
    return redirects(MOVED, base)
