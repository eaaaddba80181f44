"""Paths as they are below the address of the app (`server.baseUrlPath`)."""

from starlette.types import Scope

HEALTH = "_stcore/health"
"""Says whether the server is well."""


def path_below(base: str, scope: Scope) -> str:
    """The path of a request without the base and the first slash; as it is if it is not below the base."""
    path: str = scope["path"]
    start = "/".join(("", *filter(None, base.split("/"))))
    return path.removeprefix(start).lstrip("/") if path == start or path.startswith(f"{start}/") else path
