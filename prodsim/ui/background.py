"""Weights that are fetched in the background, while the app goes on answering with the model that is at hand."""

from dataclasses import dataclass, replace
from threading import Lock, Thread
from typing import Literal

from prodsim.config import Settings
from prodsim.encoders import EncoderSpec, fetch_weights
from prodsim.errors import ProdsimError


@dataclass(frozen=True)
class Progress:
    """How far a fetch is: bytes that are here, bytes in all, and after it failed the sentence that says why."""

    state: Literal["waiting", "fetching", "done", "failed"]
    done: int
    total: int
    error: str = ""


class Fetch:
    """The fetch of one encoder's weights, in a thread that ends with the process. Safe between threads."""

    def __init__(self, spec: EncoderSpec, settings: Settings) -> None:
        assert spec.weights is not None
        self._spec, self._settings = spec, settings
        self._lock = Lock()
        self._now = Progress("waiting", 0, spec.weights.size)

    @property
    def now(self) -> Progress:
        """How far it is at this moment."""
        return self._now

    def start(self) -> None:
        """Begin, unless it is at work or has failed; once more if it is done, as the file may be gone since."""
        self._begin("waiting", "done")

    def retry(self) -> None:
        """Begin once more after it failed. It goes on with what has arrived."""
        self._begin("failed")

    def _begin(self, *states: str) -> None:
        with self._lock:
            if self._now.state not in states:
                return
            self._now = replace(self._now, state="fetching", error="")
        Thread(target=self._run, name=f"fetch {self._spec.name}", daemon=True).start()

    def _run(self) -> None:
        state: Literal["done", "failed"] = "failed"
        error = f"The weights of {self._spec.name} could not be fetched. The log says why."
        try:
            fetch_weights(self._spec, self._settings, self._tell)
            state, error = "done", ""
        except ProdsimError as reason:
            error = str(reason)
        finally:  # whatever happened, nobody waits for ever
            self._now = replace(self._now, state=state, error=error)

    def _tell(self, done: int, total: int) -> None:
        self._now = Progress("fetching", done, total)
