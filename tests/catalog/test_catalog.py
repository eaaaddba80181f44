import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import LEFT_OUT_ROWS, LONGEST_WORDS, read_catalog
from prodsim.catalog.archive import LEFT_OUT
from prodsim.catalog.problems import (
    BAD_NAME,
    JOINED,
    LEFT_OUT_PICTURES,
    NO_FILE,
    NO_PICTURE,
    NO_ROW,
    NOT_UNPACKED,
    NOT_USED,
    REPAIRED,
    TABLE,
    Problem,
)
from prodsim.errors import CatalogError, QueryError, UnknownProduct
from tests.indexes import catalog_of
from tests.samples import picture, write_catalog

SHIRT = {"articleType": "Shirts", "baseColour": "Red", "productDisplayName": "Red Shirt"}
CAP = {"articleType": "Caps", "baseColour": "Red"}
SCARF = {"articleType": "Scarves", "baseColour": "Blue"}


@pytest.fixture
def shop(make_catalog):
    """A red shirt, a red cap without a name, and a blue scarf."""
    return make_catalog({"10": "red", "9": "red", "11": "blue"}, {"10": SHIRT, "9": CAP, "11": SCARF})


# reading


def test_products_come_in_the_order_of_the_table(shop):
    assert shop.table.index.tolist() == ["10", "9", "11"]
    assert [path.name for path in shop.images] == ["10.png", "9.png", "11.png"]


def test_a_product_has_the_attributes_of_its_row_and_its_picture(shop):
    product = shop.product("10")
    assert product.name == "Red Shirt"
    assert product.attributes == SHIRT
    assert product.image == shop.folder / "images" / "10.png"


def test_a_product_without_a_name_is_called_by_its_id(shop):
    assert shop.product("9").name == "9"
    assert shop.product("9").attributes == CAP


def test_a_catalog_without_names_calls_products_by_their_ids(make_catalog):
    assert make_catalog({"7": "red"}).product("7").name == "7"


@pytest.mark.parametrize("product_id", ["12", "", " 10", "10.png"])
def test_an_unknown_product_is_an_error_that_names_it(shop, product_id):
    with pytest.raises(UnknownProduct, match=f"The catalog shop has no product '{product_id}'. Pick one of its 3"):
        shop.product(product_id)


def test_a_folder_of_pictures_alone_is_a_catalog_in_natural_order(tmp_path):
    for name in ("10.png", "9.png", "b.png"):
        (tmp_path / name).write_bytes(picture("red"))
    catalog = read_catalog(tmp_path)
    assert catalog.table.index.tolist() == ["9", "b", "10"]
    assert catalog.attributes == [] and catalog.problems == () and catalog.rows_read == 3


def test_pictures_may_lie_beside_the_table(tmp_path):
    (tmp_path / "styles.csv").write_text("id\n1\n")
    (tmp_path / "1.jpg").write_bytes(picture("red", format="JPEG"))
    assert len(read_catalog(tmp_path)) == 1


@pytest.mark.parametrize("suffix", [".jpg", ".JPG", ".jpeg", ".Png", ".WEBP"])
def test_pictures_are_found_with_suffixes_in_any_case(tmp_path, suffix):
    assert len(read_catalog(write_catalog(tmp_path / "shop", {"1": "red"}, suffix=suffix))) == 1


def test_a_name_with_dots_loses_only_its_suffix(tmp_path):
    assert read_catalog(write_catalog(tmp_path / "shop", {"a.b": "red"})).table.index.tolist() == ["a.b"]


def test_other_files_and_hidden_ones_are_no_pictures_and_named(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red"})
    names = (".DS_Store", "._1.jpg", "Thumbs.db", "notes.txt", "shop.pdf", "none")
    for name in names:
        (folder / "images" / name).touch()
    (folder / "images" / "folder.jpg").mkdir()
    catalog = read_catalog(folder)
    assert catalog.table.index.tolist() == ["1"]
    assert {(problem.kind, problem.subject) for problem in catalog.problems} == {
        (NOT_USED, f"images/{name}") for name in names
    }


# problems


def test_a_row_without_a_picture_is_reported(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"})
    (folder / "images" / "1.jpg").unlink()
    catalog = read_catalog(folder)
    assert catalog.table.index.tolist() == ["2"] and catalog.rows_read == 2
    assert catalog.problems == (Problem(NO_PICTURE, "1", "no picture is called so"),)


def test_of_a_row_without_a_picture_the_nearest_name_is_told(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red", "shirt-2": "blue"})
    (folder / "images" / "shirt-2.jpg").rename(folder / "images" / "shrit-2.jpg")
    assert read_catalog(folder).problems == (
        Problem(NO_PICTURE, "shirt-2", "no picture is called so; the nearest is shrit-2.jpg"),
        Problem(NO_ROW, "images/shrit-2.jpg", "no row names it"),
    )


def test_pictures_without_a_row_are_reported_in_natural_order(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red"})
    for number in (30, 4, 100, 5):
        (folder / "images" / f"{number}.jpg").write_bytes(picture("red"))
    problems = read_catalog(folder).problems
    assert [(problem.kind, problem.subject) for problem in problems] == [
        (NO_ROW, "images/4.jpg"),
        (NO_ROW, "images/5.jpg"),
        (NO_ROW, "images/30.jpg"),
        (NO_ROW, "images/100.jpg"),
    ]


def test_two_files_of_one_id_are_two_pictures_of_one_product(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "red"})
    (folder / "images" / "1.png").write_bytes(picture("blue"))
    catalog = read_catalog(folder)
    assert [path.name for path in catalog.product("1").images] == ["1.jpg", "1.png"]
    assert catalog.owners.tolist() == [0, 0, 1] and catalog.problems == ()


def test_a_file_name_that_is_not_utf_8_is_reported(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red"})
    try:
        Path(os.fsdecode(bytes(folder) + b"/images/\xff.jpg")).write_bytes(picture("red"))
    except OSError:
        pytest.skip("the file system takes no such names")
    catalog = read_catalog(folder)
    assert [problem.kind for problem in catalog.problems] == [BAD_NAME]
    assert catalog.problems[0].subject.isascii()


stems = st.sampled_from([*"123456789", "1_2", "3-front", "01", "A b", "a_B"])
files = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "images/", "images/more/", "Shirts/"]),
    stems,
    st.sampled_from([".jpg", ".PNG", ".webp", "", ".pdf", ".txt", "_1.jpg"]),
)
hidden = st.sampled_from([".DS_Store", "images/._1.jpg", "other.csv", "images/products.tsv"])


@given(
    st.none() | st.lists(st.tuples(st.sampled_from(["", "NA", "1.0", *"123456", "a-b"]), st.sampled_from("xxy"))),
    st.dictionaries(files | hidden, st.sampled_from(["file", "file", "pipe", "link"]), max_size=20),
    st.lists(files, max_size=3),
)
def test_rows_and_files_are_products_or_reported(rows, written, not_unpacked):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if rows is not None:
            (folder / "styles.csv").write_text("id,name\n" + "".join(f"{id_},{name}\n" for id_, name in rows))
        told = [(NOT_UNPACKED, name, "damaged") for name in not_unpacked]
        (folder / LEFT_OUT).write_text(json.dumps(told))
        for name, kind in written.items():
            make = {"file": Path.touch, "pipe": os.mkfifo, "link": lambda path: path.symlink_to("/etc/passwd")}[kind]
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            make(folder / name)
        try:
            catalog = read_catalog(folder)
        except CatalogError:
            return
    kinds = Counter(problem.kind for problem in catalog.problems)
    assert catalog.rows_read == len(catalog) + kinds[JOINED] + sum(kinds[kind] for kind in LEFT_OUT_ROWS)
    used = [path.relative_to(folder).as_posix() for path in catalog.images]
    table = [catalog.source.relative_to(folder).as_posix()] if catalog.source else []
    rest = [problem.subject for problem in catalog.problems if problem.kind in (*LEFT_OUT_PICTURES, NOT_USED)]
    assert sorted(used + table + rest) == sorted(
        [*written, *not_unpacked, *(["styles.csv"] if rows is not None else [])]
    )
    assert {*kinds} <= {*LEFT_OUT_ROWS, *LEFT_OUT_PICTURES, NOT_USED, JOINED, REPAIRED}
    assert sorted({*catalog.owners.tolist()}) == [*range(len(catalog))]


# links, pipes, and what else is no file of the folder


@pytest.fixture
def folder(tmp_path):
    """A catalog of two products, beside a picture and a table that do not belong to it."""
    write_catalog(tmp_path / "elsewhere", {"2": "blue", "3": "red"})
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"})
    (folder / "images" / "2.jpg").unlink()
    return folder


@pytest.mark.parametrize(
    "target", ["../../elsewhere/images/2.jpg", "/etc/passwd", "/dev/zero", "2.jpg", "gone.jpg", "loop/loop/2.jpg"]
)
def test_a_picture_that_is_a_link_out_of_the_folder_or_to_nowhere_is_left_out(folder, target):
    (folder / "images" / "loop").symlink_to(".")
    (folder / "images" / "2.jpg").symlink_to(target)
    catalog = read_catalog(folder)
    assert catalog.table.index.tolist() == ["1"]
    assert [(problem.kind, problem.subject) for problem in catalog.problems] == [
        (NO_PICTURE, "2"),
        (NO_FILE, "images/loop"),
        (NO_FILE, "images/2.jpg"),
    ]


def test_a_picture_that_is_a_link_within_the_folder_is_a_picture(folder, tmp_path):
    (folder / "images" / "2.jpg").symlink_to("1.jpg")
    (tmp_path / "way").symlink_to(folder)
    for way in (folder, tmp_path / "way"):
        assert len(read_catalog(way)) == 2


def test_a_pipe_is_left_out_and_nobody_waits_for_it(folder):
    os.mkfifo(folder / "images" / "2.jpg")
    assert [problem.kind for problem in read_catalog(folder).problems] == [NO_PICTURE, NO_FILE]


@pytest.mark.parametrize("target", ["../elsewhere/styles.csv", "/etc/passwd", "/dev/zero", "styles.csv", "gone.csv"])
def test_a_table_that_is_a_link_out_of_the_folder_or_to_nowhere_is_refused(folder, target):
    (folder / "styles.csv").unlink()
    (folder / "styles.csv").symlink_to(target)
    with pytest.raises(CatalogError, match=r"styles\.csv is no file of this folder, .+ Put the table itself there"):
        read_catalog(folder)


def test_a_table_that_is_a_pipe_is_refused_and_nobody_waits_for_it(folder):
    (folder / "styles.csv").unlink()
    os.mkfifo(folder / "styles.csv")
    with pytest.raises(CatalogError, match=r"styles\.csv is no file of this folder"):
        read_catalog(folder)


def test_pictures_whose_folder_is_a_link_to_elsewhere_are_refused(folder):
    shutil.rmtree(folder / "images")
    (folder / "images").symlink_to("../elsewhere/images")
    with pytest.raises(
        CatalogError, match=r"images is a link that leads out of the catalog's folder\. Put the files them"
    ):
        read_catalog(folder)


def test_folders_that_lead_back_into_themselves_are_left_out(folder):
    (folder / "images" / "again").symlink_to(folder)
    (folder / "loop").symlink_to("loop")
    catalog = read_catalog(folder)
    assert len(catalog) == 1
    left_out = [problem.subject for problem in catalog.problems if problem.kind == NO_FILE]
    assert left_out == ["loop", "images/again"]


def test_folders_in_each_other_deeper_than_the_limit_are_refused(folder):
    Path(folder, *["deep"] * 40).mkdir(parents=True)
    with pytest.raises(CatalogError, match=r"has folders in each other 32 deep\. Put them side by side"):
        read_catalog(folder)


def test_a_folder_of_too_many_files_is_refused(folder, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.folder.MAX_FILES", 1)
    with pytest.raises(CatalogError, match=r"holds more than 1 files\. Give a folder of fewer"):
        read_catalog(folder)


@pytest.mark.parametrize(
    "id_", ["../../etc/passwd", "/etc/passwd", "https://example.com/1", "\x1b[2J", "x" * 300, "..", "con", "-"]
)
def test_an_id_that_looks_like_a_path_leads_nowhere(folder, id_):
    (folder / "styles.csv").write_text(f"id\n1\n{id_}\n")
    catalog = read_catalog(folder)
    assert catalog.table.index.tolist() == ["1"]
    assert [(problem.kind, problem.subject) for problem in catalog.problems if problem.kind != TABLE] == [
        (NO_PICTURE, id_.translate({0: None, 0x1B: None}))
    ]


@pytest.mark.parametrize("name", ["a\nb", "x" * 250, "a,b;c", '"', "[red]", "é", "e\u0301", "\u202e1"])
def test_pictures_of_strange_names_are_products(tmp_path, name):
    (tmp_path / f"{name}.jpg").touch()
    assert read_catalog(tmp_path).table.index.tolist() == [name]


def test_a_table_whose_name_is_not_utf_8_is_read(folder):
    os.rename(folder / "styles.csv", os.fsencode(folder) + b"/\xff.csv")
    assert len(read_catalog(folder)) == 1
    (folder / "styles.csv").write_text("id\n1\n")
    (problem,) = read_catalog(folder).problems
    assert (problem.kind, problem.subject) == (NOT_USED, r"\udcff.csv")


def test_tables_whose_names_are_not_utf_8_are_named_in_an_error_that_can_be_shown(folder):
    os.rename(folder / "styles.csv", os.fsencode(folder) + b"/\xff.csv")
    for name in (b"/\xff.csv", b"/b.csv"):
        Path(os.fsdecode(os.fsencode(folder) + name)).write_text("id\nx\n")
    with pytest.raises(CatalogError, match=r"several tables \(\\udcff\.csv, b\.csv\)") as caught:
        read_catalog(folder)
    str(caught.value).encode()


def test_hidden_tables_are_no_tables(folder):
    os.rename(folder / "styles.csv", folder / "shop.csv")
    (folder / "._shop.csv").write_bytes(b"\0\5\x16\7")
    assert len(read_catalog(folder)) == 1


@pytest.mark.parametrize("part", [".", "images"])
def test_a_folder_that_may_not_be_read_is_refused(folder, monkeypatch, part):
    scandir = os.scandir

    def denied(path):
        if Path(path) == folder / part:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(CatalogError, match=r"cannot be read: Permission denied\. Check its permissions"):
        read_catalog(folder)


def test_a_stray_quote_costs_no_product(tmp_path):
    folder = write_catalog(tmp_path / "shop", {str(number): "red" for number in range(24)})
    rows = [f"{number},Shirts,Model {number}" for number in range(24)]
    rows[3], rows[19] = '3,"Shirts,Model 3', '19,Shirts,Belt 32"'
    (folder / "styles.csv").write_text("\n".join(["id,articleType,name", *rows]))
    assert len(read_catalog(folder)) == 24


# what is refused


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogError, match=r"There is no catalog folder .+gone. Give a folder or ZIP"):
        read_catalog(tmp_path / "gone")


def test_a_catalog_without_any_product_is_refused(tmp_path):
    (tmp_path / "styles.csv").write_text("id\n1\n2\n")
    (tmp_path / "3.jpg").write_bytes(picture("red"))
    with pytest.raises(
        CatalogError,
        match=r"has no products: 2 rows and 1 pictures, no row with a picture of its id: "
        r"the first row has the id '1', and the first picture is 3\.jpg\. Name pictures images/<id>\.jpg",
    ):
        read_catalog(tmp_path)


def test_a_table_without_rows_is_refused(tmp_path):
    (tmp_path / "styles.csv").write_text("id,name\n")
    (tmp_path / "3.jpg").write_bytes(picture("red"))
    with pytest.raises(
        CatalogError, match=r"has no products: 0 rows and 1 pictures\. Give it .+ a row for each picture"
    ):
        read_catalog(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CatalogError, match="has no products: 0 rows and 0 pictures"):
        read_catalog(tmp_path)


# filter


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        ({}, [True, True, True]),
        ({"articleType": ["Shirts"]}, [True, False, False]),
        ({"articleType": ["Shirts", "Scarves"]}, [True, False, True]),
        ({"articleType": ["Shirts", "Scarves"], "baseColour": ["Blue"]}, [False, False, True]),
        ({"articleType": ["Caps"], "baseColour": ["Blue"]}, [False, False, False]),
        ({"baseColour!": ["Red"]}, [False, False, True]),
        ({"articleType!": ["Shirts"], "baseColour": ["Red"]}, [False, True, False]),
        ({"articleType!": ["Shirts", "Caps"], "baseColour!": ["Blue"]}, [False, False, False]),
    ],
)
def test_a_product_passes_that_has_one_value_of_every_attribute(shop, filters, passing):
    np.testing.assert_array_equal(shop.filter(filters), passing)


def test_a_product_without_the_attribute_does_not_pass(shop):
    np.testing.assert_array_equal(shop.filter({"productDisplayName": ["Red Shirt"]}), [True, False, False])
    assert not shop.filter({"productDisplayName!": ["Red Shirt"]}).any()


@pytest.mark.parametrize("attribute", ["color", "id", ""])
def test_an_unknown_attribute_is_refused_with_those_there_are(shop, attribute):
    with pytest.raises(QueryError, match=f"no attribute '{attribute}'. Filter by one of: articleType, baseColour"):
        shop.filter({attribute: ["Red"]})


def test_a_value_that_is_no_text_is_refused_as_one_that_does_not_occur(shop):
    with pytest.raises(QueryError, match="No product has articleType="):
        shop.filter({"articleType": ["\udcff"]})


@pytest.mark.parametrize("value", ["Hats", "caps", ""])
def test_a_value_that_does_not_occur_is_refused_with_some_that_do(shop, value):
    with pytest.raises(QueryError, match=f"No product has articleType={value}. Values that occur.+Caps"):
        shop.filter({"articleType": ["Shirts", value]})


# find


def test_products_are_found_by_words_of_their_name_in_any_case_and_order(shop):
    assert shop.find("SHIRT red") == ["10"]
    assert shop.find("red scarf") == []


def test_the_product_of_just_this_id_is_found_first(make_catalog):
    catalog = make_catalog({"110": "red", "10": "red", "101": "blue"})
    assert catalog.find(" 10 ") == ["10", "110", "101"]


@given(names=st.lists(st.text("aAbBß İ\n", max_size=6), min_size=1, max_size=8), text=st.text("aAbBsß İ0", max_size=5))
def test_a_product_is_found_if_its_name_or_id_holds_every_word(names, text):
    catalog = catalog_of({str(number): {"productDisplayName": name} for number, name in enumerate(names)})
    expected = [
        all(word.casefold() in f"{id_} {name}".casefold() for word in text.split())
        for id_, name in zip(catalog.table.index, catalog.names, strict=True)
    ]
    assert catalog.matching(text).tolist() == expected


def test_a_search_takes_so_many_characters(shop):
    red = "red".ljust(LONGEST_WORDS)
    assert shop.find(red) == shop.find("red") and shop.similarities(red).any()
    for search in (shop.find, shop.matching, shop.similarities):
        with pytest.raises(QueryError, match=r"The words have 201 characters, and a search takes 200\. Use fewer\."):
            search(red + "x")


# digest


def test_the_digest_changes_with_ids_attributes_and_pictures(make_catalog):
    def digest(pictures=("1", "2"), kind="Caps", hashes=("a", "b"), column="articleType"):
        digest.calls += 1
        colors = dict.fromkeys(pictures, "red")
        return make_catalog(colors, {"1": {column: kind}}, name=f"shop{digest.calls}").digest(hashes)

    digest.calls = 0
    assert digest() == digest()
    others = [
        digest(pictures=("1", "3")),
        digest(pictures=("2", "1")),
        digest(kind="Hats"),
        digest(kind=""),
        digest(hashes=("a", "c")),
        digest(column="type"),
    ]
    assert len({digest(), *others}) == 1 + len(others)
