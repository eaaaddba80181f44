"""What only some machines have. A test that needs it is skipped, saying why, or fails if PRODSIM_REQUIRE_ALL=1."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REAL_DATA = Path(os.environ.get("PRODSIM_TEST_DATA") or ROOT.parent / "shared" / "data").absolute()
REQUIRE_ALL = os.environ.get("PRODSIM_REQUIRE_ALL") == "1"
"""Both are read once, before the fixtures of `conftest` take all PRODSIM_* variables away."""


def need(present: bool, what: str) -> None:
    """Go on if `what` is present; else skip the test, or fail it where everything is required."""
    if present:
        return
    if REQUIRE_ALL:
        pytest.fail(f"{what} is not here, and PRODSIM_REQUIRE_ALL=1 says that it must be.", pytrace=False)
    pytest.skip(f"{what} is not here")


def real_data(name: str) -> Path:
    """The file `name` of the real data sets, or the test ends here."""
    path = REAL_DATA / name
    need(path.is_file(), f"{path} (set PRODSIM_TEST_DATA to its folder)")
    return path


def real_weights(name: str) -> Path:
    """The weights file `name`, which lies beside the real data, or the test ends here."""
    path = REAL_DATA.parent / "weights" / name
    need(path.is_file(), f"{path} (set PRODSIM_TEST_DATA to the folder beside its folder)")
    return path


def need_keras_hub() -> None:
    """Go on if KerasHub is installed, or the test ends here."""
    need(find_spec("keras_hub") is not None, "KerasHub (pip install -r requirements-transformers.txt)")


def need_torch() -> None:
    """At the top of a module, before it imports what learns: all of the module's tests need PyTorch."""
    if find_spec("torch") is None:
        what = "PyTorch (pip install -r training/requirements.txt)"
        if REQUIRE_ALL:
            pytest.fail(f"{what} is not here, and PRODSIM_REQUIRE_ALL=1 says that it must be.", pytrace=False)
        pytest.skip(f"{what} is not here", allow_module_level=True)
