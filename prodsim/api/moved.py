"""Old addresses of pages, which lead to the same query in the new place."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

TAB = "tab"
"""The parameter that names a tab of the search page."""
KEPT = bytes(range(0x21, 0x7F))
"""What may stand in an address as it is; anything else would be no header, or the next one."""


@dataclass(frozen=True)
class Place:
    """Where a page is now: the last part of its address, which the start page has none of, and the tab of it."""

    page: str = ""
    tab: str = ""


MOVED: Mapping[str, Place] = {
    "similar": Place(),
    "compare": Place(tab="compare"),
    "how": Place(tab="steps"),
    "your_catalog": Place("catalogs"),
}
"""The last part of an old address -> where its page is now."""


def redirects(moved: Mapping[str, Place], base: str = "") -> Sequence[BaseRoute]:
    """A route for each old address below `base`, which is no page any more. It answers a request to read, no other.

    The status is 307, not 308: browsers keep a 308 for good, and `localhost:8501` is the address of many apps. The new
    address is relative to the old one, so that it holds behind a proxy and names no other server, whatever is asked.
    """
    start = "/".join(("", *filter(None, base.split("/"))))
    return [Route(f"{start}/{page}", _answer(place), methods=["GET"]) for page, place in moved.items()]


def _answer(place: Place) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        query = quote(request.scope["query_string"], safe=KEPT)
        if place.tab and TAB not in dict(parse_qsl(query, keep_blank_values=True)):
            query = "&".join(filter(None, (query, f"{TAB}={place.tab}")))
        return Response(status_code=307, headers={"Location": f"./{place.page}" + (f"?{query}" if query else "")})

    return answer
