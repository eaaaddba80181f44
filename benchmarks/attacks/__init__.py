"""What a stranger might do to the others: each module is one attack on an app that it starts, and says what came of it.

    python -m benchmarks.attacks.photos [--app DIRECTORY]

The app is that of this checkout, or of another one: an attack succeeds against the version that it was found in. The
exit status is 1 if it did harm, else 0.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.visitor import ROOT


def attacked(description: str | None) -> Path:
    """The checkout whose app is attacked, from the command line."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, default=ROOT, help="a checkout; this one if none is named")
    app: Path = parser.parse_args().app
    return app


def end(*harms: str) -> None:
    """Say what harm was done, and exit."""
    print("\n".join(f"HARM: {harm}" for harm in harms) or "No harm was done.")
    sys.exit(1 if harms else 0)
