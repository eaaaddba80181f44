import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodsim.demo import DEMO_NAME, DEMO_VERSION, write_demo
from prodsim.demo.designs import DESIGNS, KINDS
from prodsim.demo.palette import ACCENTS, COLORS
from prodsim.demo.patterns import PATTERNS
from prodsim.demo.products import PATTERN_WORDS, Product, products

HEADER = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"

DIGESTS = """
import hashlib
from prodsim.demo.products import products
for product in products()[::30]:
    print(product.id, hashlib.sha256(product.picture().tobytes()).hexdigest())
"""


@dataclass(frozen=True)
class Demo:
    folder: Path
    rows: list[dict[str, str]]

    def pixels(self, product_id: str) -> np.ndarray:
        with Image.open(self.folder / "images" / f"{product_id}.jpg") as image:
            return np.asarray(image.convert("RGB"))


@pytest.fixture(scope="module")
def demo(drawn_demo: Path) -> Demo:
    with (drawn_demo / "styles.csv").open(encoding="utf-8", newline="") as file:
        return Demo(drawn_demo, list(csv.DictReader(file)))


@pytest.fixture(scope="module")
def plain() -> list[Product]:
    """Those whose picture is mostly of the one color it is named for."""
    return [p for p in products() if p.pattern == "plain" and KINDS[p.design.article].master == "Apparel"]


def test_the_table_has_the_header_of_the_kaggle_file(demo: Demo) -> None:
    assert (demo.folder / "styles.csv").read_text(encoding="utf-8").splitlines()[0] == HEADER


def test_every_row_has_its_picture_and_every_picture_its_row(demo: Demo) -> None:
    ids = [row["id"] for row in demo.rows]
    assert len(set(ids)) == len(ids) == 300
    assert {path.name for path in (demo.folder / "images").iterdir()} == {f"{name}.jpg" for name in ids}


def test_another_process_with_other_hashes_draws_the_same_pixels() -> None:
    mine = [f"{p.id} {hashlib.sha256(p.picture().tobytes()).hexdigest()}" for p in products()[::30]]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    answer = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=Path(__file__).parents[1], env=environment, capture_output=True, check=True
    )
    assert answer.stdout.decode().split("\n")[:-1] == [line.rstrip("\r") for line in mine]


def test_drawing_a_product_again_gives_the_bytes_on_disk(demo: Demo, tmp_path: Path) -> None:
    for product in products()[5::50]:
        product.picture().save(tmp_path / "again.jpg", quality=90, subsampling=0)
        assert (tmp_path / "again.jpg").read_bytes() == (demo.folder / "images" / f"{product.id}.jpg").read_bytes()


def test_it_is_varied(demo: Demo) -> None:
    assert len({row["masterCategory"] for row in demo.rows}) == 3
    assert len({row["articleType"] for row in demo.rows}) >= 20
    assert len({row["baseColour"] for row in demo.rows}) >= 20
    assert len({product.pattern for product in products()}) >= 7


def test_every_article_type_has_enough_products_for_five_look_alikes(demo: Demo) -> None:
    assert min(Counter(row["articleType"] for row in demo.rows).values()) >= 6


def test_pictures_are_300_by_400_on_white_ground(demo: Demo) -> None:
    for row in demo.rows:
        pixels = demo.pixels(row["id"])
        assert pixels.shape == (400, 300, 3)
        border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert border.min() >= 250, row["productDisplayName"]


def test_no_product_touches_the_border_and_each_fills_a_good_part_of_the_picture(demo: Demo) -> None:
    for row in demo.rows:
        drawn = demo.pixels(row["id"]).min(axis=2) < 240
        assert not drawn[:5].any() and not drawn[-5:].any(), row["productDisplayName"]
        assert not drawn[:, :5].any() and not drawn[:, -5:].any(), row["productDisplayName"]
        sizes = [np.ptp(np.flatnonzero(drawn.any(axis=1 - axis))) / drawn.shape[axis] for axis in (0, 1)]
        assert max(sizes) > 0.45, row["productDisplayName"]


def test_no_two_products_share_a_picture(demo: Demo) -> None:
    digests = {hashlib.sha256(path.read_bytes()).digest() for path in (demo.folder / "images").iterdir()}
    assert len(digests) == len(demo.rows)


def test_the_drawn_color_is_nearest_to_the_one_it_is_named_for(demo: Demo, plain: list[Product]) -> None:
    names = list(COLORS)
    palette = np.array([lab(COLORS[name]) for name in names])
    right = []
    for product in plain:
        pixels = demo.pixels(product.id)
        drawn = np.median(pixels[pixels.min(axis=2) < 250], axis=0)
        nearest = names[int(np.argmin(np.linalg.norm(palette - lab(drawn), axis=1)))]
        right.append(nearest == product.color)
    assert len(plain) > 80
    assert np.mean(right) > 0.9


def test_names_say_gender_color_pattern_and_cut_and_have_no_commas(demo: Demo) -> None:
    for product in products():
        row = product.row
        for word in (row["gender"], row["baseColour"], PATTERN_WORDS[product.pattern], product.design.cut):
            assert word in row["productDisplayName"]
        assert not any("," in value for value in row.values())
    assert all("  " not in row["productDisplayName"] for row in demo.rows)


def test_dresses_skirts_heels_and_handbags_are_for_women(demo: Demo) -> None:
    genders = {row["gender"] for row in demo.rows if row["articleType"] in {"Dresses", "Skirts", "Heels", "Handbags"}}
    assert genders == {"Women"}


def test_years_seasons_and_usages_are_in_kaggles_vocabulary(demo: Demo) -> None:
    assert {row["year"] for row in demo.rows} <= {str(year) for year in range(2012, 2019)}
    assert {row["season"] for row in demo.rows} <= {"Spring", "Summer", "Fall", "Winter"}
    assert {row["usage"] for row in demo.rows} <= {"Casual", "Formal", "Sports", "Travel"}


def test_every_kind_color_and_pattern_that_is_defined_is_used() -> None:
    drawn = products()
    assert {product.design.article for product in drawn} == set(KINDS)
    assert {product.color for product in drawn} == set(COLORS) == set(ACCENTS)
    assert {product.pattern for product in drawn} == set(PATTERNS) | {"plain", "print"} == set(PATTERN_WORDS)
    assert len({(design.article, design.cut, design.looks) for design in DESIGNS}) == len(DESIGNS)


def test_the_cache_folder_can_be_named_after_it() -> None:
    assert DEMO_NAME == "demo"
    assert DEMO_VERSION.isalnum()


def test_a_folder_that_holds_a_catalog_already_is_left_alone(demo: Demo) -> None:
    before = (demo.folder / "styles.csv").read_bytes()
    with pytest.raises(FileExistsError):
        write_demo(demo.folder)
    assert (demo.folder / "styles.csv").read_bytes() == before


def lab(color: object) -> np.ndarray:
    """sRGB 0..255 as CIELAB (D65)."""
    linear = np.asarray(color, dtype=float) / 255
    linear = np.where(linear > 0.04045, ((linear + 0.055) / 1.055) ** 2.4, linear / 12.92)
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(matrix) @ linear / (0.9505, 1.0, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
