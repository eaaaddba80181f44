"""The demo that ships: a catalog as anybody might have it, and its embeddings by `mini`."""

import csv
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodsim.catalog import DEMO, open_catalog
from prodsim.config import Settings
from prodsim.encoders import require
from prodsim.images import open_rgb
from prodsim.index import EmbeddingStore, HashMemory, index
from tools.demo_catalog.designs import KINDS
from tools.demo_catalog.palette import COLORS
from tools.demo_catalog.products import PATTERN_WORDS, Product, products

HEADER = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"


@dataclass(frozen=True)
class Demo:
    folder: Path
    rows: list[dict[str, str]]

    def pixels(self, product_id: str) -> np.ndarray:
        with Image.open(self.folder / "images" / f"{product_id}.jpg") as image:
            return np.asarray(image.convert("RGB"))


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Demo:
    with (demo_folder / "styles.csv").open(encoding="utf-8", newline="") as file:
        return Demo(demo_folder, list(csv.DictReader(file)))


@pytest.fixture(scope="module")
def plain() -> list[Product]:
    """Those whose picture is mostly of the one color it is named for."""
    return [p for p in products() if p.pattern == "plain" and KINDS[p.design.article].master == "Apparel"]


def test_it_is_small() -> None:
    assert DEMO.stat().st_size < 5_000_000


def test_its_embeddings_are_those_of_the_shipped_mini(settings: Settings) -> None:
    encoder, catalog = require("mini", settings), open_catalog(settings)
    shipped = EmbeddingStore(DEMO.with_name(EmbeddingStore.of(encoder, settings).path.name), encoder.spec.dim)
    assert [path.name for path in DEMO.parent.glob("mini-*")] == [shipped.path.name]
    vectors, rows = shipped.read().matrix(HashMemory.in_cache(settings).of(catalog.images))
    assert rows.tolist() == list(range(300))
    made = encoder.load().encode([open_rgb(path) for path in catalog.images])
    np.testing.assert_allclose(vectors, made, atol=1e-4)


def test_indexing_it_takes_them_and_loads_no_network(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder, catalog = require("mini", settings), open_catalog(settings)
    monkeypatch.setattr(type(encoder), "load", lambda self: pytest.fail("the network is loaded"))
    *_, last = index(catalog, encoder, settings)
    assert (last.done, last.skipped) == (300, ())


def test_the_table_has_the_header_of_the_kaggle_file(demo: Demo) -> None:
    assert (demo.folder / "styles.csv").read_text(encoding="utf-8").splitlines()[0] == HEADER


def test_every_row_has_its_picture_and_every_picture_its_row(demo: Demo) -> None:
    ids = [row["id"] for row in demo.rows]
    assert len(set(ids)) == len(ids) == 300
    assert {path.name for path in (demo.folder / "images").iterdir()} == {f"{name}.jpg" for name in ids}


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


def lab(color: object) -> np.ndarray:
    """sRGB 0..255 as CIELAB (D65)."""
    linear = np.asarray(color, dtype=float) / 255
    linear = np.where(linear > 0.04045, ((linear + 0.055) / 1.055) ** 2.4, linear / 12.92)
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(matrix) @ linear / (0.9505, 1.0, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
