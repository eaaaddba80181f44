"""Connections, of urllib3, to what a judge lets pass, whose answers begin in time."""

from socket import SHUT_RDWR, socket
from typing import ClassVar

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from prodsim.storage.limited import Calls
from prodsim.storage.public_addresses import Judge, connect
from prodsim.storage.unfetched import as_unfetched

CONNECT_SECONDS = 5
HEAD_SECONDS = 20
"""How long an answer may take to begin, however steadily it drips."""


class _Careful(HTTPConnection):
    """A connection to what a judge lets pass, whose answers have to begin in time."""

    judge: ClassVar[Judge]
    calls: ClassVar[Calls]

    def _new_conn(self) -> socket:
        with as_unfetched():
            return connect(self._dns_host, self.port, CONNECT_SECONDS, type(self).judge)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        """The beginning of an answer."""
        with self.calls.limited(self._hang_up, HEAD_SECONDS):
            return super().getresponse()

    def _hang_up(self) -> None:
        if self.sock is not None:
            self.sock.shutdown(SHUT_RDWR)


class _CarefulTLS(_Careful, HTTPSConnection):
    """The same, and the certificate is held against the name."""


def pools(judge: Judge, calls: Calls) -> dict[str, type[HTTPConnectionPool]]:
    """By scheme, what makes and keeps connections: urllib3 knows classes alone, so there are some for each client."""
    careful = {"judge": staticmethod(judge), "calls": calls}
    plain, tls = type("Careful", (_Careful,), careful), type("CarefulTLS", (_CarefulTLS,), careful)
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("PoolTLS", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
