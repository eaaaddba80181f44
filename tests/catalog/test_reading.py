"""From a table's cells to products: ids and how they are spelled, what is missing, what stands there twice."""

import pandas as pd
import pytest

from prodsim.catalog import KINDS, LEFT_OUT_ROWS, REPAIRED, read_catalog
from prodsim.catalog.files import File
from prodsim.catalog.folder import Folder
from prodsim.catalog.joining import MISSING
from prodsim.catalog.problems import DUPLICATE_ID, JOINED, LEFT_OUT_PICTURES, NO_ID, NO_PICTURE, NOT_USED, Problem
from prodsim.catalog.reading import read_files
from prodsim.errors import CatalogError
from tests.samples import pictures_of, write_files


@pytest.fixture
def read(tmp_path):
    """Reads a table of these lines, of whose ids some have a picture."""

    def read(*lines, ids=("1", "2", "3"), name="styles.csv"):
        folder = write_files(tmp_path / "shop", [f"images/{id_}.jpg" for id_ in ids], {name: "\n".join(lines)})
        catalog = read_catalog(folder)
        pictures_of(catalog)
        return catalog

    return read


def about_rows(catalog):
    kinds = (*LEFT_OUT_ROWS, JOINED, REPAIRED)
    return [problem for problem in catalog.problems if problem.kind in kinds]


def test_every_kind_of_problem_has_its_description():
    assert {REPAIRED, JOINED, NOT_USED, *LEFT_OUT_ROWS, *LEFT_OUT_PICTURES} <= KINDS.keys()


# ids


@pytest.mark.parametrize("header", ["id,name", "ID,name", " Id ,name", "product_id,name", "SKU,name", "Артикул,name"])
def test_the_id_may_be_called_in_many_ways_and_is_no_attribute(read, header):
    catalog = read(header, "1,Hat", "2,Tie")
    assert catalog.table.index.tolist() == ["1", "2"] and catalog.attributes == ["name"]


def test_the_id_may_be_any_column(read):
    assert read("name,season,id", "Hat,Fall,1", "Tie,Fall,2").table.index.tolist() == ["1", "2"]


def test_ids_are_texts(read):
    assert [*read("id,name", "007,a", "1e3,b", "7.5,c", ids=("007", "1e3", "7.5")).table.index] == ["007", "1e3", "7.5"]


def test_a_row_without_an_id_is_reported_with_its_line(read):
    catalog = read("id,name", "1,Hat", "2,Tie", "3,Tie", *(f"{number},x" for number in range(4, 30)), ",Cap", "NA,Bow")
    assert [problem for problem in about_rows(catalog) if problem.kind == NO_ID] == [
        Problem(NO_ID, "line 31", "Cap"),
        Problem(NO_ID, "line 32", "Bow"),
    ]


def test_of_two_rows_with_one_id_and_other_names_the_first_is_kept_and_the_second_reported(read):
    catalog = read("id,name", "1,Hat", "2,Tie", " 1 ,Cap")
    assert catalog.table["name"].to_dict() == {"1": "Hat", "2": "Tie"}
    assert about_rows(catalog) == [Problem(DUPLICATE_ID, "1", "line 4")]


def test_two_rows_of_one_id_and_name_are_one_product(read):
    catalog = read("id,name,size,price", "1,Hat,S,10", "2,Tie,,9", "1,Hat,M,12", "1,,L,10")
    assert catalog.table["size"].to_dict() == {"1": "S, M, L", "2": pytest.approx(float("nan"), nan_ok=True)}
    assert catalog.table.loc["1", "price"] == "10"
    assert about_rows(catalog) == [Problem(JOINED, "1", "line 4"), Problem(JOINED, "1", "line 5")]


@pytest.mark.parametrize(
    ("spelled", "picture", "id_"),
    [
        ("12.0", "12", "12"),
        ("12.JPG", "12", "12.JPG"),
        ("12.jpg", "12", "12"),
        ("0012", "12", "0012"),
        ("12", "0012", "12"),
        ("ab-12", "AB-12", "ab-12"),
        ("AB/12", "AB-12", "AB/12"),
        ("AB/12", "AB_12", "AB/12"),
        ("AB 12", "AB-12", "AB 12"),
        ("AB\u201312", "AB-12", "AB\u201312"),
        ("e\u0301", "\xe9", "e\u0301"),
        ("\xe9", "e\u0301", "\xe9"),
    ],
)
def test_an_id_means_the_picture_of_its_name_however_programs_spell_it(read, spelled, picture, id_):
    catalog = read("id,name", f"{spelled},Hat", "x,Tie", ids=(picture, "x"))
    assert catalog.table.loc[id_, "name"] == "Hat"
    assert about_rows(catalog) == [Problem(REPAIRED, spelled, f"its picture is images/{picture}.jpg")]


def test_of_two_spellings_of_one_id_the_one_of_the_picture_has_it(read):
    catalog = read("id,name", "12,Hat", "12.0,Cap", "7.5,Bag", ids=("12", "7"))
    assert catalog.table["name"].to_dict() == {"12": "Hat"}
    assert [(problem.kind, problem.subject) for problem in about_rows(catalog)] == [
        (NO_PICTURE, "12.0"),
        (NO_PICTURE, "7.5"),
    ]


def test_ids_that_would_become_one_stay_as_they_are(read):
    catalog = read("id,image", "12.0,a.jpg", "12,12.jpg", "x,b.jpg", ids=("12", "a", "b"))
    assert pictures_of(catalog) == {"12.0": ["images/a.jpg"], "12": ["images/12.jpg"], "x": ["images/b.jpg"]}


# cells


@pytest.mark.parametrize("cell", [*sorted(MISSING), "  ", " NA "])
def test_a_missing_cell_stays_missing(read, cell):
    catalog = read("id,season,name", f"1,{cell},Hat", "2,Fall,Tie")
    assert pd.isna(catalog.table.loc["1", "season"]) and catalog.product("1").attributes == {"name": "Hat"}


@pytest.mark.parametrize("cell", ["0", "-", "na", "False", "none"])
def test_what_is_written_is_not_missing(read, cell):
    assert read("id,season,name", f"1,{cell},Hat", "2,Fall,Tie").table.loc["1", "season"] == cell


def test_only_the_id_column_is_required(read):
    catalog = read("id", "1", "2")
    assert catalog.table.index.tolist() == ["1", "2"] and catalog.attributes == []


def test_the_order_of_the_table_is_kept(read):
    assert read("id", "3", "10", "1", ids=("1", "3", "10")).table.index.tolist() == ["3", "10", "1"]


def test_without_ids_products_are_called_as_the_pictures_that_they_name(read):
    catalog = read("image,title", "images/2.jpg,Tie", "1.png,Hat", "9.jpg,Bow")
    assert pictures_of(catalog) == {"2": ["images/2.jpg"], "1": ["images/1.jpg"]}
    assert about_rows(catalog) == [Problem(NO_PICTURE, "9.jpg", "no picture is called so")]


# what is refused


def test_a_table_without_ids_and_pictures_says_what_it_has_instead(read):
    with pytest.raises(
        CatalogError,
        match=r"styles\.csv has no column with an id, or with names of pictures \(found: name, season\)\. Name the col",
    ):
        read("name,season", "Hat,Fall", "Tie,Fall")


def test_a_table_over_the_limit_is_refused_unread(read, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.reading.MAX_BYTES", 1 << 20)
    monkeypatch.setattr(Folder, "read", lambda *_: pytest.fail("it was read"))
    with pytest.raises(CatalogError, match=r"styles\.csv has 2 MB, but a table may have 1 MB\. Leave out columns"):
        read("id", "x" * (2 << 20))


def test_a_table_that_is_gone_meanwhile_is_refused(tmp_path):
    class Gone(Folder):
        def all(self):
            return [*super().all(), File(self.folder, "styles.csv")]

    with pytest.raises(CatalogError, match=r"styles\.csv cannot be read: No such file"):
        read_files(Gone(write_files(tmp_path, ["1.jpg"])), "shop")


# what somebody says of the columns


def test_what_is_said_of_a_column_counts_before_all_evidence(tmp_path):
    folder = write_files(
        tmp_path, ["1.jpg", "2.jpg", "a.jpg", "b.jpg"], {"styles.csv": "id,code,kind,title\n1,a,Hats,X\n2,b,Ties,Y\n"}
    )
    catalog = read_catalog(folder, roles={"id": "code", "type": "title", "name": ""})
    assert [*catalog.table.index] == ["a", "b"] and catalog.schema["type"] == "title"
    assert catalog.schema["name"] is None and catalog.names == ["a", "b"]
    assert catalog.schema.evidence["type"] == "as you said"


def test_a_column_that_is_not_there_is_refused_with_those_there_are(tmp_path):
    folder = write_files(tmp_path, ["1.jpg"], {"styles.csv": "id,kind\n1,Hats\n"})
    with pytest.raises(CatalogError, match=r"styles\.csv has no column 'typ' for the type\. Choose one of: id, kind"):
        read_catalog(folder, roles={"type": "typ"})
