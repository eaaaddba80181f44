"""The report: one HTML file about a search."""

import base64
import io
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from prodsim import __version__
from prodsim.catalog import Schema, read_catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, require
from prodsim.export import report
from prodsim.search import NOTHING, Engine, Framing, Marks, Photo, SearchRequest, SearchResult, WordsQuery
from tests.conftest import MakeCatalog
from tests.indexes import engine_of, indexed, search
from tests.samples import DAMAGED, encoded, picture

HOSTILE = "</title><script>alert(1)</script> & \"x\" 'y' {{ 7*7 }} \u202eabc"
ROWS = {
    "a": {"productDisplayName": HOSTILE, "articleType": "Tshirts"},
    "b": {"productDisplayName": "B", "articleType": "<b>Tops</b>"},
    "c": {"productDisplayName": "C", "articleType": "Tshirts"},
}
PIXELS = REGISTRY["pixels"]
VECTORS = np.zeros((3, PIXELS.dim))
VECTORS[:, :2] = [[1, 0], [0, 1], [1, 1]]
DIGEST = "0123abcd"
NOON = datetime(2026, 1, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def engine(make_catalog: MakeCatalog, settings: Settings) -> Engine:
    catalog = make_catalog({"a": "red", "b": "green", "c": DAMAGED}, ROWS)
    names = [row["productDisplayName"] for row in ROWS.values()]  # letter for letter: of a table they are read clean
    catalog = replace(catalog, table=catalog.table.assign(productDisplayName=names))
    return engine_of(catalog, VECTORS, encoder=require("pixels", settings))


def page_of(result: SearchResult) -> str:
    return report(result, DIGEST).decode()


def of_words(engine: Engine, words: str, **more: Any) -> SearchResult:
    return engine.search(SearchRequest(WordsQuery(words), PIXELS, **more))


def pictures(page: str) -> Sequence[Image.Image]:
    addresses = re.findall(r'src="data:image/\w+;base64,([^"]+)"', page)
    return [Image.open(io.BytesIO(base64.b64decode(address))) for address in addresses]


def facts(page: str) -> dict[str, str]:
    return {unescape(k): unescape(v) for k, v in re.findall(r"<dt><bdi>(.*)</bdi></dt><dd><bdi>(.*)</bdi></dd>", page)}


def test_a_report_says_all_that_decided_the_search(engine: Engine, settings: Settings) -> None:
    result = search(engine, "a", filters={"articleType": ["Tshirts", "<b>Tops</b>"]})
    told = facts(report(result, DIGEST, made=NOON).decode())
    assert told.items() >= {
        ("Catalog", "shop"),
        ("Products", "3"),
        ("Filters", "Article type: Tshirts or <b>Tops</b>"),
        ("Catalog digest", "0123abcd"),
        ("Encoder", "Pixels (pixels)"),
        ("Encoder fingerprint", require("pixels", settings).fingerprint),
        ("Scoring", "Unit length (cosine)"),
        ("Made", "2026-01-02 12:00 UTC"),
        ("Made by", f"prodsim {__version__}"),
    }
    assert {"Score", "Similarity", "Above … of pairs"} <= told.keys()


def test_a_report_shows_the_query_and_every_result_with_its_numbers(engine: Engine) -> None:
    page = page_of(search(engine, "a"))
    assert "The 2 most similar of 3 products" in page
    assert "similarity 0.7071<br>very close, above" in page
    first, second = (page.index(f"<bdi>{name}</bdi></p>") for name in "CB")
    assert first < second
    assert f"Made</bdi></dt><dd><bdi>{datetime.now(UTC):%Y-%m}" in page


def test_a_damaged_picture_is_named_and_the_others_are_shown(engine: Engine) -> None:
    page = page_of(search(engine, "a"))
    assert "The picture <bdi>c.png</bdi> is missing or damaged." in page
    query, other = pictures(page)
    assert query.convert("RGB").getpixel((180, 240)) == pytest.approx((254, 0, 0), abs=3)
    assert other.convert("RGB").getpixel((180, 240)) == pytest.approx((0, 128, 0), abs=3)


def test_text_from_a_catalog_is_no_markup(engine: Engine) -> None:
    page = page_of(search(engine, "a"))
    assert "<script" not in page and "<b>" not in page
    assert HOSTILE in unescape(page)


def test_a_photo_is_shown_as_it_was_cropped_and_nothing_else_of_it(engine: Engine) -> None:
    image = Image.new("RGB", (90, 80), "blue")
    image.paste("red", (45, 0, 90, 80))
    texts = PngInfo()
    texts.add_text("Comment", "taken at home")
    photo = Photo("IMG \udce9<1>.jpg", encoded(image, pnginfo=texts), Framing((50, 0, 100, 100), "pad"))
    page = page_of(replace(search(engine, photos=(photo,), scoring="linear"), familiar=False))
    cropped, seen, *_ = pictures(page)
    for shown in (cropped, seen):
        assert not shown.info.keys() & {"exif", "comment", "icc_profile"}
        colors = np.asarray(shown.convert("RGB")).reshape(-1, 3).astype(int)
        assert not ((colors[:, 2] - colors[:, 0]) > 40).any()
    assert b"taken at home" not in base64.b64decode(re.findall(r"base64,([^\"]+)", page)[0])
    assert "Look-alikes of <bdi>IMG \\udce9&lt;1&gt;.jpg</bdi>" in page
    told = facts(page)
    assert (told["Compared"], told["Fitted"]) == (
        "the part from 50 to 100 % across, 0 to 100 % down",
        "whole, on white",
    )
    assert told["Scoring"] == "Raw linear kernel"
    assert f"What Pixels sees: {PIXELS.input_size[0]} x {PIXELS.input_size[1]} pixels" in page
    assert NOTHING in page


def test_each_of_several_photos_has_its_pictures_and_facts_and_what_steered_them_is_named(
    engine: Engine,
) -> None:
    photos = (
        Photo("one.jpg", picture("red", (60, 80)), Framing((0, 50, 100, 100), "squash")),
        Photo("two.jpg", picture("blue", (60, 80))),
    )
    page = page_of(search(engine, photos=photos, marks=Marks(more=("c",), less=("b",)), k=1))
    assert "Look-alikes of <bdi>2 photos</bdi>" in page
    assert "The most similar of 3 products" in page
    one, two, steering = page.split('<section class="query"')[1:]
    assert facts(one) == {"Photo": "one.jpg", "Compared": "the part from 0 to 100 % across, 50 to 100 % down"} | {
        "Fitted": "stretched"
    }
    assert facts(two).items() >= {"Photo": "two.jpg", "Compared": "the whole photo"}.items()
    for part, color in ((one, (254, 0, 0)), (two, (0, 0, 254))):
        cropped, seen = pictures(part)
        for shown in (cropped, seen):
            assert shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2)) == pytest.approx(color, abs=3)
    assert not pictures(steering.partition("</section>")[0])
    told = facts(steering)
    assert (told["More like"], told["Less like"]) == ("C (c)", "B (b)")
    assert "the mean of what you search with, plus 0.75 times" in told["Similarity"]
    assert "Above … of pairs" not in told


def test_a_report_names_what_is_folded_into_a_result(engine: Engine) -> None:
    vectors = VECTORS.copy()
    vectors[1, :2] = [0.99, 1]
    page = page_of(search(engine_of(engine.catalog, vectors, encoder=engine.indexed.encoder), "a", fold=True))
    assert "near-identical: <bdi>B (b)</bdi>" in page
    assert "0.998" in facts(page)["Near-identical"]
    assert "ear-identical" not in page_of(search(engine, "a", fold=True))


def test_a_report_on_words_says_that_names_were_searched(engine: Engine) -> None:
    page = page_of(of_words(engine, "<tshirts>", k=1, filters={"articleType": ["Tshirts"]}))
    assert "Best matches for “<bdi>&lt;tshirts&gt;</bdi>”" in page
    assert "The best match of 2 products" in page
    told = facts(page)
    assert told["Searched"] == "names and labels, not pictures"
    assert "Encoder" not in told and "of pairs" not in page


def test_a_search_without_results_is_told_as_such(engine: Engine) -> None:
    assert "No product was found" in page_of(of_words(engine, "zeppelin"))


def test_nothing_is_written_while_a_report_on_a_photo_is_made(engine: Engine) -> None:
    result = search(engine, photos=(Photo("photo.jpg", picture("blue", (90, 80))),))

    def make() -> bytes:
        return report(result, DIGEST)

    make()  # Python may keep what it compiles of a module that is imported now
    watching, opened = True, []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open":
            opened.append(arguments)

    sys.addaudithook(watch)  # there is no way to take it away again
    made = make()
    watching = False
    assert b"data:image/jpeg" in made
    assert opened, "catalog pictures are read"
    assert not [path for path, _, flags in opened if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)]


def test_the_file_asks_no_host_and_runs_nothing(engine: Engine) -> None:
    page = page_of(search(engine, "a"))
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    assert not re.search(
        r"https?://|//\w|<script|<link rel=\"(?!icon)|url\(|@import", re.sub(r'base64,[^"]+', "", page)
    )


SAFE = "https://shop.example/b?size=m&color=red"
LINKS = {"a": "http://shop.example/a", "b": SAFE, "c": "javascript:alert(1)"}


@pytest.fixture
def linked(make_catalog: MakeCatalog, tmp_path: Path, settings: Settings) -> Engine:
    """Products with links, of which b has two pictures: the second one, blue, is most like a."""
    make_catalog({"a": "red", "b": "green", "c": "red"}, {id_: {"link": link} for id_, link in LINKS.items()})
    (tmp_path / "shop" / "images" / "b_2.png").write_bytes(picture("blue"))
    catalog = read_catalog(tmp_path / "shop")
    vectors = np.zeros((4, PIXELS.dim))
    vectors[:, :2] = [[1, 0], [0, 1], [1, 0.1], [1, 1]]
    found = indexed(catalog, vectors, owners=[0, 1, 1, 2], encoder=require("pixels", settings))
    return Engine(catalog, replace(found, places=np.arange(4)))


def test_a_product_is_shown_by_the_picture_that_counted_which_is_named_if_there_are_several(linked: Engine) -> None:
    page = page_of(search(linked, "a"))
    assert re.findall(r"picture (.*): <bdi>(.*)</bdi>", page) == [("2 of 2", "b_2.png")]
    _, best, _ = pictures(page)
    assert best.convert("RGB").getpixel((180, 240)) == pytest.approx((0, 0, 254), abs=3)


def test_products_lead_to_their_shop_without_a_word_of_where_one_comes_from(linked: Engine) -> None:
    page = page_of(search(linked, "a"))
    ways = re.findall(r"<a ([^>]*)>Open in the shop</a>", page)
    assert [unescape(re.findall(r'href="([^"]*)"', way)[0]) for way in ways] == [LINKS["a"], SAFE]
    for way in ways:
        assert 'target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"' in way
    assert 'aria-label="Open b in its shop"' in ways[1]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "/products/1",
        '" onmouseover="alert(1)',
        'https://shop.example/" onmouseover="alert(1)',
        "https://shop.example/ 1",
        f"https://shop.example/{'1' * 100_000}",
    ],
)
def test_a_report_leads_nowhere_by_a_link_that_is_none(engine: Engine, link: str) -> None:
    table = engine.catalog.table.assign(link=link)
    catalog = replace(engine.catalog, table=table, schema=Schema({"link": "link"}))
    assert "<a " not in page_of(search(engine_of(catalog, VECTORS, encoder=engine.indexed.encoder), "a"))
