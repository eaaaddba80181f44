"""The painter of the demo: what it paints is what ships."""

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from prodsim.catalog import DEMO
from prodsim.ui.resources import SAMPLES
from tests.needs import ROOT
from tools.demo_catalog.designs import DESIGNS, KINDS
from tools.demo_catalog.paint import paint_catalog, paint_samples
from tools.demo_catalog.palette import ACCENTS, COLORS
from tools.demo_catalog.patterns import PATTERNS
from tools.demo_catalog.products import PATTERN_WORDS, products

DIGESTS = """
import hashlib
from tools.demo_catalog.products import products
for product in products()[::30]:
    print(product.id, hashlib.sha256(product.picture().tobytes()).hexdigest())
"""
NEARLY = 0.5
"""Mean difference of two pictures' channels, 0..255, that another version of Pillow or its JPEG library may make."""


def test_what_is_painted_is_the_demo_that_ships(tmp_path: Path) -> None:
    paint_catalog(tmp_path, products()[5::50])
    with zipfile.ZipFile(DEMO) as shipped:
        lines = shipped.read("styles.csv").decode().splitlines()
        assert lines[1:] == [",".join(product.row.values()) for product in products()]
        assert (tmp_path / "styles.csv").read_text("utf-8").splitlines()[:2] == [lines[0], lines[6]]
        for path in (tmp_path / "images").iterdir():
            assert difference(path.read_bytes(), shipped.read(f"images/{path.name}")) < NEARLY, path.name


def test_what_is_painted_are_the_sample_photos_that_ship(tmp_path: Path) -> None:
    paint_samples(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SAMPLES.iterdir()}
    for path in tmp_path.iterdir():
        assert difference(path.read_bytes(), (SAMPLES / path.name).read_bytes()) < NEARLY, path.name


def difference(*pictures: bytes) -> float:
    one, other = (np.asarray(Image.open(BytesIO(picture)), dtype=float) for picture in pictures)
    return float(np.abs(one - other).mean())


def test_another_process_with_other_hashes_draws_the_same_pixels() -> None:
    mine = [f"{p.id} {hashlib.sha256(p.picture().tobytes()).hexdigest()}" for p in products()[::30]]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    answer = subprocess.run([sys.executable, "-c", DIGESTS], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert answer.stdout.decode().split("\n")[:-1] == [line.rstrip("\r") for line in mine]


def test_every_kind_color_and_pattern_that_is_defined_is_used() -> None:
    drawn = products()
    assert {product.design.article for product in drawn} == set(KINDS)
    assert {product.color for product in drawn} == set(COLORS) == set(ACCENTS)
    assert {product.pattern for product in drawn} == set(PATTERNS) | {"plain", "print"} == set(PATTERN_WORDS)
    assert len({(design.article, design.cut, design.looks) for design in DESIGNS}) == len(DESIGNS)
