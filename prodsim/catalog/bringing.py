"""One picture from its address into the folder: asked for, again if that may help, and kept if it is a picture."""

from threading import Event

from prodsim.catalog.fetched_pictures import FetchedPictures
from prodsim.catalog.hosts import Hosts
from prodsim.images import MAX_BYTES
from prodsim.storage import Judge, PublicHttp, Unfetched, host_of

AT_ONCE = 8
"""Connections."""
ATTEMPTS = 3


class Bringer:
    """Brings one picture at a time, and from several threads several; returns its bytes."""

    def __init__(self, pictures: FetchedPictures, judge: Judge) -> None:
        self._pictures, self._http, self._hosts = pictures, PublicHttp(AT_ONCE, judge), Hosts()
        self.stopped = Event()

    def stop(self) -> None:
        """Nothing is asked for or kept any more, nor waited for."""
        self.stopped.set()
        self._hosts.stop()
        self._http.stop()

    def __call__(self, address: str) -> int:
        """Unfetched, ImageError: what is wrong with this one. Other errors say what is wrong with all of them."""
        data = self._ask(address, host_of(address))
        if self.stopped.is_set():
            raise Unfetched("it was stopped")
        self._pictures.keep(address, data)
        return len(data)

    def _ask(self, address: str, host: str, attempt: int = 1) -> bytes:
        self._hosts.wait_for(host)
        try:
            data = self._http.get(address, MAX_BYTES)
        except Unfetched as error:
            if error.again is None or attempt == ATTEMPTS:
                self._hosts.note(host, failed=error.host)
                raise
            self._hosts.rest(host, error.again * attempt, all_of_us=error.busy)
        else:
            self._hosts.note(host, failed=False)
            return data
        return self._ask(address, host, attempt + 1)
