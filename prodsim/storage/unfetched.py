"""Why a file of the Internet did not come: one error for all that goes wrong on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import gaierror

from urllib3.exceptions import HTTPError, LocationParseError, ReadTimeoutError, SSLError

from prodsim.storage.limited import Late
from prodsim.storage.public_addresses import KeptOut

AGAIN_SECONDS = 1
"""After what may pass, such as a broken connection."""


class Unfetched(Exception):
    """Why there is no file, as a clause without a full stop.

    `host`: whether others of its host will hardly come either. `again`: seconds after which to ask once more, None if
    that is no use. `busy`: whether the host wants not to be asked for anything until then.
    """

    def __init__(self, reason: str, *, host: bool = False, again: float | None = None, busy: bool = False) -> None:
        super().__init__(reason)
        self.host, self.again, self.busy = host, again, busy


@contextmanager
def as_unfetched() -> Iterator[None]:
    """One error for all that goes wrong on the way."""
    try:
        yield
    except KeptOut as error:
        raise Unfetched(f"its host is not asked: {error}", host=True) from error
    except gaierror as error:
        raise Unfetched("its host is not known", host=True) from error
    except Late as error:
        raise Unfetched(str(error), host=True) from error
    except SSLError as error:
        raise Unfetched("its host has no certificate that holds", host=True) from error
    except (ReadTimeoutError, TimeoutError) as error:
        raise Unfetched("its host is silent, or too slow", host=True) from error
    except LocationParseError as error:
        raise Unfetched("it is no address") from error
    except (HTTPError, OSError, ValueError) as error:  # ValueError: of a name that no host can have, of an odd answer
        raise Unfetched("the connection breaks off, or cannot be made", host=True, again=AGAIN_SECONDS) from error
