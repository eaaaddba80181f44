"""python -m training fashion-small.zip clothing-photos.zip: from the two archives to the encoder's file."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.errors import ProdsimError
from training.allocation import keep_freed_memory
from training.data import read_photos, read_products
from training.errors import TrainingError
from training.export import write
from training.familiarity import learn
from training.recipe import Recipe
from training.splits import Split
from training.teacher import teach
from training.train import Training
from training.within import even_out

OUT = Path("prodsim/encoders/mini.npz")


def main() -> None:
    """Reads, asks the teacher, trains, exports; a stopped run goes on from its work folder."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("catalog", type=Path, help="products in the Kaggle layout: a ZIP or a folder")
    parser.add_argument("photos", type=Path, help="a ZIP of phone photos in <split>/<class>/ folders")
    parser.add_argument("--out", type=Path, default=OUT, help=f"the file to write (default: {OUT})")
    parser.add_argument("--work", type=Path, default=Path("training/run"), help="checkpoints (default: training/run)")
    parser.add_argument("--epochs", type=_number(1), default=Recipe.epochs, help=f"default: {Recipe.epochs}")
    parser.add_argument("--seed", type=_number(0), default=Recipe.seed, help=f"default: {Recipe.seed}")
    given = parser.parse_args()
    started = time.monotonic()

    def say(line: str) -> None:
        print(f"{(time.monotonic() - started) / 60:5.1f} min  {line}", flush=True)

    try:
        run(given, Recipe(seed=given.seed, epochs=given.epochs), say)
    except ProdsimError as error:
        sys.exit(str(error))  # noqa: TID251 a command of its own


def run(given: argparse.Namespace, recipe: Recipe, say: Callable[[str], None]) -> None:
    """The whole way. ProdsimError if an archive, the teacher or the work folder is not fit."""
    settings = load_settings(catalog=given.catalog)
    for folder in (given.work, given.out.parent):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrainingError(f"The folder {folder} cannot be made: {error.strerror}. Name another one.") from error
    products, photos = read_products(open_catalog(settings)), read_photos(given.photos)
    damaged = products.damaged + photos.damaged
    say(f"read {len(products.ids):,} products and {len(photos.paths):,} photos; {damaged:,} damaged ones are left out")
    for what, each in (("products", products), ("photos", photos)):
        if not len(each.of(Split.TRAIN).pictures):
            raise TrainingError(
                f"None of the {what} may be learned from, see training/splits.py. Name a larger archive."
            )
    seen = (each.of(Split.TRAIN).pictures for each in (products, photos))
    of_products, of_photos = (teach(pictures, settings, given.work, say) for pictures in seen)
    keep_freed_memory()
    network = Training(products, photos, (of_products, of_photos), recipe, given.work, say).run()
    size = recipe.size_at(1)
    even_out(network, products.of(Split.TRAIN), size, recipe.within)
    familiarity = learn(network, products, photos, size, recipe.seed)
    sha256 = write(network, familiarity, given.out)
    say(f"{given.out}: {given.out.stat().st_size:,} bytes, SHA-256 {sha256}; write both into the registry")


def _number(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if int(text) < least:
            raise ValueError
        return int(text)

    number.__name__ = f"number from {least}"
    return number


if __name__ == "__main__":
    main()
