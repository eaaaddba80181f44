"""Catalogs as they lie on disks: where the table and the pictures are, and which files are what."""

import shutil
from pathlib import Path

import pytest

from prodsim.catalog import open_catalog, read_catalog
from prodsim.catalog.problems import NO_ROW, NOT_USED
from prodsim.errors import CatalogError
from tests.samples import pictures_of, write_files

TABLE = "id,title,product_type\n1001,Red Tee,Tees\n1002,Blue Cap,Caps\n"
TWO = {"1001": ["images/1001.jpg"], "1002": ["images/1002.jpg"]}


def read(folder, pictures, texts=None):
    return read_catalog(write_files(folder, pictures, texts))


def told(catalog):
    return [(problem.kind, problem.subject) for problem in catalog.problems]


# where pictures lie


@pytest.mark.parametrize(
    ("table", "pictures"),
    [
        ("styles.csv", ("images/1001.jpg", "images/1002.jpg")),
        ("styles.csv", ("1001.jpg", "1002.jpg")),
        ("styles.csv", ("Fotos/a/1001.jpg", "Fotos/b/1002.JPG")),
        ("styles.csv", ("images/Tees/1001.jpg", "images/Caps/1002.png")),
        ("export/styles.csv", ("export/images/1001.jpg", "export/images/1002.jpg")),
        ("deep/er/products.csv", ("deep/er/1001.jpg", "deep/pictures/1002.jpg")),
        ("data/table.csv", ("images/1001.jpg", "images/1002.jpg")),
        ("images/styles.csv", ("images/1001.jpg", "images/1002.jpg")),
        ("styles.csv", ("1001/front.jpg", "1002/front.jpg")),
        ("styles.csv", ("images/1001/1.jpg", "images/1002/1.jpg")),
        ("styles.csv", ("images/1001_1.jpg", "images/1002_1.jpg")),
        ("styles.csv", ("images/1001", "images/1002.dat")),
    ],
)
def test_pictures_are_found_wherever_they_lie(tmp_path, table, pictures):
    catalog = read(tmp_path / "shop", pictures, {table: TABLE})
    assert pictures_of(catalog) == {"1001": [pictures[0]], "1002": [pictures[1]]}
    assert catalog.names == ["Red Tee", "Blue Cap"] and catalog.problems == ()
    assert catalog.source == tmp_path / "shop" / table


@pytest.mark.parametrize("table", ["styles.csv", "deep/styles.csv"])
def test_a_zip_is_read_as_the_folder_is(tmp_path, settings, table):
    pictures = ("images/Tees/1001_1.jpg", "images/Tees/1001_2.jpg", "images/1002.jpg", "images/9.jpg", "notes.pdf")
    folder = write_files(tmp_path / "shop", pictures, {table: TABLE})
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    first = read_catalog(folder)
    second = open_catalog(settings.replace(catalog=tmp_path / "packed.zip"))
    assert {*pictures_of(first)} == {"1001", "1002"}
    assert [path.relative_to(second.folder) for path in second.images] == [
        path.relative_to(folder) for path in first.images
    ]
    assert second.table.equals(first.table) and told(first) == told(second)
    assert told(first) == [(NO_ROW, "images/9.jpg"), (NOT_USED, "notes.pdf")]


@pytest.mark.parametrize("name", ["styles.csv", "products.tsv", "Export 2024.csv"])
def test_the_path_of_the_table_itself_is_a_catalog(tmp_path, settings, name):
    text = TABLE.replace(",", "\t") if name.endswith("tsv") else TABLE
    folder = write_files(tmp_path / "shop", ("1001.jpg", "images/1002.jpg"), {name: text, "other.csv": "id\n1001\n"})
    catalog = open_catalog(settings.replace(catalog=folder / name))
    assert pictures_of(catalog) == {"1001": ["1001.jpg"], "1002": ["images/1002.jpg"]}
    assert catalog.name == Path(name).stem and catalog.source == folder / name
    assert told(catalog) == [(NOT_USED, "other.csv")]


# several pictures


def test_numbered_pictures_are_those_of_the_product_in_their_order(tmp_path):
    names = [f"images/1001_{number}.jpg" for number in (10, 2, 1)] + ["images/1002.jpg", "images/1002-back.jpg"]
    catalog = read(tmp_path, names, {"styles.csv": TABLE})
    assert pictures_of(catalog) == {
        "1001": ["images/1001_1.jpg", "images/1001_2.jpg", "images/1001_10.jpg"],
        "1002": ["images/1002.jpg", "images/1002-back.jpg"],
    }
    assert catalog.product("1002").image.name == "1002.jpg" and catalog.problems == ()


def test_a_folder_for_each_product_holds_its_pictures(tmp_path):
    names = ["1001/front.jpg", "1001/back.jpg", "1002/front.jpg", "1002/1002.jpg", "rest/x.jpg"]
    catalog = read(tmp_path, names, {"styles.csv": TABLE})
    assert {id_: {*pictures} for id_, pictures in pictures_of(catalog).items()} == {
        "1001": {"1001/front.jpg", "1001/back.jpg"},
        "1002": {"1002/1002.jpg", "1002/front.jpg"},
    }
    assert catalog.product("1002").image.name == "1002.jpg"
    assert told(catalog) == [(NO_ROW, "rest/x.jpg")]


# no table


def test_without_a_table_folders_give_the_type(tmp_path):
    catalog = read(tmp_path, ["Dresses/001.jpg", "Dresses/002.jpg", "Caps/003.jpg"])
    assert pictures_of(catalog) == {"003": ["Caps/003.jpg"], "001": ["Dresses/001.jpg"], "002": ["Dresses/002.jpg"]}
    assert catalog.schema["type"] == "type" and catalog.product("001").of("type") == "Dresses"
    assert catalog.problems == () and catalog.rows_read == 3


def test_without_a_table_pictures_of_one_name_in_different_folders_are_different_products(tmp_path):
    catalog = read(tmp_path, ["Dresses/001.jpg", "Caps/001.jpg", "Caps/002.jpg"])
    assert {*pictures_of(catalog)} == {"Dresses/001", "Caps/001", "Caps/002"}
    assert [catalog.product(id_).of("type") for id_ in catalog.table.index] == ["Caps", "Caps", "Dresses"]


def test_without_a_table_one_folder_is_no_type(tmp_path):
    catalog = read(tmp_path, ["photos/a.jpg", "photos/b.jpg"])
    assert pictures_of(catalog) == {"a": ["photos/a.jpg"], "b": ["photos/b.jpg"]}
    assert catalog.attributes == [] and catalog.schema["type"] is None


def test_notes_beside_pictures_are_no_table(tmp_path):
    texts = {"readme.txt": "These are my pictures.\nThey are nice.", "license.txt": "MIT", "meta.json": '{"a": 1}'}
    catalog = read(tmp_path, ["a.jpg", "b.jpg"], texts)
    assert {*pictures_of(catalog)} == {"a", "b"} and catalog.source is None
    assert sorted(told(catalog)) == [(NOT_USED, name) for name in sorted(texts)]


# which table


@pytest.mark.parametrize("name", ["styles.csv", "STYLES.CSV", "anything.Csv", "products.tsv", "list.txt", "list.tab"])
def test_a_single_table_is_the_table_whatever_its_name(tmp_path, name):
    text = TABLE.replace(",", "\t")
    catalog = read(tmp_path, ["images/1001.jpg", "images/1002.jpg"], {name: text, "readme.txt": "Nice pictures."})
    assert pictures_of(catalog) == TWO and catalog.source == tmp_path / name
    assert told(catalog) == [(NOT_USED, "readme.txt")]


def test_styles_comes_before_products_and_what_is_higher_before_what_is_deeper(tmp_path):
    texts = {name: TABLE for name in ("a.csv", "products.csv", "Styles.csv", "deep/styles.csv")}
    assert read(tmp_path, ["images/1001.jpg"], texts).source == tmp_path / "Styles.csv"
    assert read(tmp_path, [], {"styles.csv": TABLE}).source == tmp_path / "styles.csv"


def test_of_several_tables_the_one_that_names_the_pictures_is_taken(tmp_path):
    texts = {
        "articles.csv": "article_id,prod_name,product_type_name\n0108775015,Top,Vest top\n0108775044,Tee,T-shirt\n",
        "customers.csv": "customer_id,age,club\n00000dbacae5,49,ACTIVE\n0000423b00ad,25,NONE\n",
        "transactions.csv": "t_dat,customer_id,article_id,price\n"
        + "".join(f"2018-09-20,00000dbacae5,{(108775015, 108775044)[day % 2]},0.05\n" for day in range(40)),
        "sample_submission.csv": "customer_id,prediction\n00000dbacae5,0108775015 0108775044\n",
    }
    catalog = read(tmp_path, ["images/010/0108775015.jpg", "images/010/0108775044.jpg"], texts)
    assert catalog.source == tmp_path / "articles.csv"
    assert pictures_of(catalog) == {
        "0108775015": ["images/010/0108775015.jpg"],
        "0108775044": ["images/010/0108775044.jpg"],
    }
    assert told(catalog) == [
        (NOT_USED, name) for name in ("customers.csv", "transactions.csv", "sample_submission.csv")
    ]


def test_a_table_of_other_things_beside_one_that_is_damaged_is_not_taken_for_it(tmp_path):
    texts = {"a.csv": b"\x81\x8d\x8f\x00\x01", "b.csv": TABLE}
    assert read(tmp_path, ["images/1001.jpg", "images/1002.jpg"], texts).source == tmp_path / "b.csv"


def test_several_tables_of_which_none_names_a_picture_are_refused(tmp_path):
    with pytest.raises(CatalogError, match=r"several tables \(a\.csv, deep/b\.csv\)\. Name the catalog's styles\.csv"):
        read(tmp_path, ["x.jpg"], {"a.csv": "id\n1\n", "deep/b.csv": "id\n2\n"})


def test_a_workbook_over_the_limit_is_not_read_to_choose_a_table(tmp_path, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.table_choice.MAX_BYTES", 100)
    texts = {"large.xlsx": b"x" * 101, "b.csv": TABLE}
    folder = write_files(tmp_path, ["images/1001.jpg", "images/1002.jpg"], texts)
    reads = []
    read_bytes = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *given: (reads.append(path.name), read_bytes(path, *given))[1])
    assert read_catalog(folder).source == folder / "b.csv"
    assert "large.xlsx" not in reads


def test_a_table_that_a_path_names_and_that_is_none_is_refused(tmp_path, settings):
    write_files(tmp_path, ["1001.jpg"], {"a.csv": b"\x00\x01\x02\xff"})
    with pytest.raises(CatalogError, match=r"a\.csv"):
        open_catalog(settings.replace(catalog=tmp_path / "a.csv"))


# what the table says of pictures


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("images/tee red.jpg", "images/cap.jpg"), ["images/tee red.jpg"]),
        (("https://s.example/tee%20red.jpg?v=1", "https://s.example/cap.jpg"), ["images/tee red.jpg"]),
        (('"tee red.jpg,tee back.jpg"', "cap.jpg"), ["images/tee red.jpg", "images/tee back.jpg"]),
        (("tee back.jpg|tee red.jpg", "cap.jpg"), ["images/tee back.jpg", "images/tee red.jpg"]),
        (("tee_red", "cap"), ["images/tee red.jpg"]),
        (("C:\\\\shop\\\\TEE RED.JPG", "cap.png"), ["images/tee red.jpg"]),
    ],
)
def test_the_column_of_the_picture_says_which_it_is(tmp_path, cells, found):
    names = ["images/tee red.jpg", "images/tee back.jpg", "images/cap.jpg"]
    text = f"id,title,image\n1,Red Tee,{cells[0]}\n2,Cap,{cells[1]}\n"
    catalog = read(tmp_path, names, {"styles.csv": text})
    assert pictures_of(catalog) == {"1": found, "2": ["images/cap.jpg"]}
    assert catalog.schema["picture"] == "image"


def test_several_columns_of_pictures_count_all(tmp_path):
    text = "sku,name,base_image,small_image,additional_images\n"
    text += 'A,Bag,/m/b/a-0.jpg,/m/b/a-0.jpg,"/m/b/a-1.jpg,/m/b/other.jpg"\nB,Pack,/m/b/b-0.jpg,/m/b/b-0.jpg,\n'
    names = [f"media/m/b/{name}.jpg" for name in ("a-0", "a-1", "b-0", "other")]
    catalog = read(tmp_path, names, {"products.csv": text})
    assert pictures_of(catalog) == {
        "A": ["media/m/b/a-0.jpg", "media/m/b/a-1.jpg", "media/m/b/other.jpg"],
        "B": ["media/m/b/b-0.jpg"],
    }


def test_a_table_names_pictures_of_one_name_by_their_folders(tmp_path):
    text = "name,image\nRed Dress,Dresses/001.jpg\nBlue Cap,Caps/001.jpg\n"
    catalog = read(tmp_path, ["images/Dresses/001.jpg", "images/Caps/001.jpg"], {"styles.csv": text})
    assert pictures_of(catalog) == {
        "images/Dresses/001": ["images/Dresses/001.jpg"],
        "images/Caps/001": ["images/Caps/001.jpg"],
    }
    assert catalog.names == ["Red Dress", "Blue Cap"]


# whatever a picture is called


@pytest.mark.parametrize(
    "name", ["1001.jpg.jpg", "1001.JPE", "1001.jfif", "1001.pjpeg", "1001", "1001.jpg_large", "1001.part"]
)
def test_pictures_are_told_by_name_or_content(tmp_path, name):
    assert pictures_of(read(tmp_path, [f"images/{name}"], {"styles.csv": "id\n1001\n"})) == {"1001": [f"images/{name}"]}
