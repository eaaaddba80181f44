"""Words as they are compared, and how well they fit products by name and labels."""

import math
from zipfile import ZipFile

import numpy as np
import pytest

from prodsim.catalog import Catalog
from prodsim.catalog.tables import MISSING, read_sheet
from prodsim.catalog.words import LABEL, Words, split
from tests.indexes import catalog_of, catalog_of_table
from tests.needs import real_data

Rows = dict[str, tuple[str, str, str]]

CLOTHES: Rows = {
    "11": ("Red Rose Pink Nightdress", "Nightdress", "Pink"),
    "12": ("Red Rose Pink Night Dress", "Nightdress", "Pink"),
    "13": ("Kestrel Women Summer Dress with Sleeves", "Dresses", "Red"),
    "14": ("Kestrel Women Blue Dress", "Dresses", "Blue"),
    "15": ("Oskelin Men Blue Shirt", "Shirts", "Navy Blue"),
    "16": ("Oskelin Men's Checked Shirt", "Shirts", "Blue"),
    "17": ("Oskelin Men T-shirt", "Tshirts", "White"),
    "18": ("Summer Fun", "Caps", "White"),
}


def of(rows: Rows) -> Catalog:
    return catalog_of(
        {id_: {"productDisplayName": n, "articleType": t, "baseColour": c} for id_, (n, t, c) in rows.items()}
    )


def found(catalog: Catalog, text: str) -> list[str]:
    """Ids of what has a word, best first, ties in the order of the table."""
    similarities = catalog.similarities(text)
    assert similarities.dtype == np.float32 and similarities.shape == (len(catalog),)
    assert ((similarities >= 0) & (similarities <= 1)).all()
    order = np.argsort(-similarities, kind="stable")
    return [catalog.table.index[row] for row in order if similarities[row] > 0]


# words


@pytest.mark.parametrize("word", ["dress", "glass", "citrus", "iris", "xs", "is"])
def test_not_every_word_with_an_s_is_a_plural(word: str) -> None:
    assert split(word) == [word]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dresses for T-Shirts", ["dress", "tshirt"]),
        ("women's dress, men\u2019s jeans", ["women", "dress", "men", "jean"]),
        ("T Shirt, t shirts", ["tshirt", "tshirt"]),
        ("size t, miss-t shirt, ten shirts", ["size", "t", "miss", "tshirt", "ten", "shirt"]),
        ("\uff32\uff25\uff24 Stra\u00dfe", ["red", "strasse"]),
    ],
)
def test_words_are_compared_as_people_mean_them(text: str, words: list[str]) -> None:
    assert split(text) == words


# similarities


def naive(rows: Rows, text: str) -> dict[str, float]:
    """As the class defines them, with plain numbers."""
    asked = {*split(text)}
    frequencies: dict[str, dict[str, float]] = {}
    for id_, (name, *labels) in rows.items():
        of_product = dict.fromkeys(asked, 0.0)
        for field, worth in [(name, 1), *((label, LABEL) for label in labels)]:
            words = {*split(field)}
            share = worth * len(words & asked) / len(words)
            phrase = field == name and len(asked) > 1 and " ".join(split(text)) in " ".join(split(name))
            for word in words & asked:
                of_product[word] += share + phrase
        frequencies[id_] = of_product
    having = {word: sum(each[word] > 0 for each in frequencies.values()) for word in asked}
    weights = {word: math.log(1 + (len(rows) - d + 0.5) / (d + 0.5)) for word, d in having.items()}
    similarities = {}
    for id_, of_product in frequencies.items():
        q = sum(weights[word] * f / (1 + f) for word, f in of_product.items()) / sum(weights.values())
        count = sum(f > 0 for f in of_product.values())
        similarities[id_] = (count - 1 + q) / len(asked) if count else 0.0
    return similarities


@pytest.mark.parametrize(
    "text", ["red dress", "dress", "blue shirts", "Women Summer Dress", "shirt shirt navy of Kestrel", "red zeppelin"]
)
def test_similarities_are_what_the_formula_says(text: str) -> None:
    catalog = of(CLOTHES)
    assert [*catalog.similarities(text)] == pytest.approx([*naive(CLOTHES, text).values()], rel=1e-6)


def test_a_word_counts_more_as_a_label_than_in_a_name() -> None:
    assert found(of(CLOTHES), "red")[0] == "13"
    assert found(of(CLOTHES), "red dress")[:2] == ["13", "12"]


def test_a_whole_label_counts_more_than_a_part_of_one_and_a_part_of_a_word_not_at_all() -> None:
    assert found(of(CLOTHES), "blue") == ["14", "16", "15"]
    assert found(of(CLOTHES), "navy blue")[0] == "15"
    assert found(of(CLOTHES), "dress") == ["14", "13", "12"]
    assert found(of(CLOTHES), "shirt") == ["15", "16"]


def test_who_has_more_of_the_words_comes_first() -> None:
    rows = {"1": ("Kestrel", "Dresses", "Red"), "2": ("Kestrel Red Dress Summer Collection", "Sets", "Pink")}
    assert found(of(rows), "red dress") == ["1", "2"]
    assert found(of(rows), "red dress summer") == ["2", "1"]
    assert found(of(rows), "red dress winter") == ["1", "2"]


def test_a_name_with_the_words_as_a_phrase_comes_before_one_that_has_them_scattered() -> None:
    rows = {
        "1": ("Dress Summer Red", "Dresses", "Red"),
        "2": ("Kestrel Women Long Red Summer Dress with Sleeves", "Dresses", "Red"),
        "3": ("Red Summer Dress", "Dresses", "Red"),
    }
    assert found(of(rows), "red summer dresses") == ["3", "2", "1"]


@pytest.mark.parametrize("text", ["", " ", "zeppelin", "!?", "for the", "dres"])
def test_what_has_none_of_the_words_has_nothing_in_common(text: str) -> None:
    assert found(of(CLOTHES), text) == []


def test_words_that_no_product_has_find_what_the_others_find() -> None:
    assert found(of(CLOTHES), "zeppelin red airship") == found(of(CLOTHES), "red")


def test_whatever_the_labels_are_called_they_count() -> None:
    rows = {
        "1": {"productDisplayName": "Linen House Chair", "stuff": "Oak", "room": "Kitchen"},
        "2": {"productDisplayName": "House Chair", "stuff": "Linen", "room": "Garden"},
    }
    assert found(catalog_of(rows), "linen chair") == ["2", "1"]


def test_a_product_without_a_label_or_a_name_is_found_by_what_it_has() -> None:
    rows = {"hat_7": {"kind": "Hats"}, "8": {"productDisplayName": "Felt Hat"}, "9": {"productDisplayName": "Cap"}}
    catalog = catalog_of(rows)
    assert found(catalog, "hat") == ["hat_7", "8"]
    assert found(catalog, "hat 7") == ["hat_7", "8"]
    assert not Words(["_", "!"], []) and Words(["_", "a red one"], [])


# names


def test_a_product_is_named_by_its_id_or_its_whole_name_in_any_case() -> None:
    catalog = of(
        CLOTHES | {"b-1": ("Red", "Caps", "Red"), "RED": ("Blue", "Caps", "Blue"), "x": ("red", "Hats", "Red")}
    )
    assert catalog.named(" 14 ") == ["14"]
    assert catalog.named("B-1") == ["b-1"]
    assert catalog.named("kestrel WOMEN blue dress ") == ["14"]
    assert catalog.named("blue dress") == catalog.named("Kestrel Women Blue Dresses") == catalog.named("") == []
    assert catalog.named("red") == ["RED"]


def test_of_ids_that_differ_in_case_the_one_that_was_written_is_named() -> None:
    catalog = of({"A1": ("Hat", "Hats", "Red"), "a1": ("Cap", "Caps", "Red"), "c": ("Cap", "Caps", "Red")})
    assert catalog.named("a1") == ["a1"] and catalog.named("A1") == ["A1"]
    assert catalog.named("\uff211") == ["A1", "a1"]
    assert catalog.named("cap") == ["a1", "c"]


def test_what_is_named_comes_first_and_fits_wholly() -> None:
    rows = CLOTHES | {"19": ("Dress", "Gowns", "Pink"), "20": ("14", "Caps", "Red"), "!": ("?", "Caps", "Red")}
    catalog = of(rows)
    for text, first in {"14": "14", "Dress": "19", "red rose pink nightdress": "11", "!": "!", "?": "!"}.items():
        assert found(catalog, text)[0] == first
        assert catalog.similarities(text).max() == 1
    assert (np.sort(catalog.similarities("dress"))[:-1] < 1).all()


# real products


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The real table, without its pictures."""
    folder = tmp_path_factory.mktemp("real")
    with ZipFile(real_data("fashion-small.zip")) as archive:
        archive.extract("styles.csv", folder)
    sheet = read_sheet("styles.csv", (folder / "styles.csv").read_bytes())
    rows = {id_: dict(zip(sheet.columns[1:], cells, strict=True)) for id_, *cells in (row.cells for row in sheet.rows)}
    table = catalog_of(rows).table
    return catalog_of_table(table.mask(table.isin([*MISSING])))


def labels(products: Catalog, ids: list[str]) -> set[tuple[str, str]]:
    return {*products.table.loc[ids, ["baseColour", "articleType"]].itertuples(index=False, name=None)}


@pytest.mark.parametrize(
    ("text", "color", "kind"),
    [
        ("red dress", "Red", "Dresses"),
        ("yellow flats", "Yellow", "Flats"),
        ("navy blue shirts", "Navy Blue", "Shirts"),
        ("black t-shirt", "Black", "Tshirts"),
        ("women's pink watches", "Pink", "Watches"),
    ],
)
def test_a_color_and_a_type_find_real_products_of_both(products: Catalog, text: str, color: str, kind: str) -> None:
    assert labels(products, found(products, text)[:5]) == {(color, kind)}


def test_of_real_names_that_hold_red_and_dress_those_of_red_dresses_come_first(products: Catalog) -> None:
    ids = products.find("red dress")
    assert labels(products, ids[:5]) == {("Red", "Dresses")} < labels(products, ids)


def test_real_products_are_named_by_id_and_name(products: Catalog) -> None:
    id_ = products.table.index[20_000]
    assert products.named(id_) == found(products, id_)[:1] == [id_]
    alike = products.named(products.names[20_000].upper())
    assert id_ in alike == found(products, products.names[20_000])[: len(alike)]
