"""Rows that are one product: exports have a row for each size, color and picture."""

import pytest

from prodsim.catalog import JOINED, read_catalog
from prodsim.catalog.problems import DUPLICATE_ID, NO_ROW, NOT_USED
from tests.samples import pictures_of, write_files


@pytest.fixture
def read(tmp_path):
    """Reads a table beside pictures of these names."""

    def read(text, *pictures):
        return read_catalog(
            write_files(tmp_path / "shop", [f"images/{name}" for name in pictures], {"styles.csv": text})
        )

    return read


SHOPIFY = """Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Position
red-tee,Red Tee,T-Shirts,Size,S,T-1,19.90,https://cdn.shopify.com/s/files/1/red-tee.jpg?v=16,1
red-tee,,,,M,T-2,21.90,https://cdn.shopify.com/s/files/1/red-tee_back.jpg?v=16,2
red-tee,,,,L,T-3,21.90,,
red-tee,,,,,,,https://cdn.shopify.com/s/files/1/detail.jpg?v=16,3
blue-cap,Blue Cap,Caps,Title,Default Title,C-1,9.90,https://cdn.shopify.com/s/files/1/cap.jpg?v=16,1
"""


def test_the_rows_of_a_handle_are_one_product_with_all_its_pictures(read):
    catalog = read(SHOPIFY, "red-tee.jpg", "red-tee_back.jpg", "detail.jpg", "cap.jpg")
    assert pictures_of(catalog) == {
        "red-tee": ["images/red-tee.jpg", "images/red-tee_back.jpg", "images/detail.jpg"],
        "blue-cap": ["images/cap.jpg"],
    }
    assert catalog.names == ["Red Tee", "Blue Cap"]
    product = catalog.product("red-tee").attributes
    assert (product["Option1 Value"], product["Variant SKU"]) == ("S, M, L", "T-1, T-2, T-3")
    assert product["Variant Price"] == "19.90" and product["Type"] == "T-Shirts"
    assert [(problem.kind, problem.subject, problem.detail) for problem in catalog.problems] == [
        (JOINED, "red-tee", f"line {line}") for line in (3, 4, 5)
    ]


def test_pictures_called_by_handle_belong_to_it_though_no_address_names_them(read):
    catalog = read(SHOPIFY, "red-tee.jpg", "red-tee-2.jpg", "blue-cap.jpg")
    assert pictures_of(catalog) == {
        "red-tee": ["images/red-tee.jpg", "images/red-tee-2.jpg"],
        "blue-cap": ["images/blue-cap.jpg"],
    }


WOO = """ID,Type,SKU,Name,Regular price,Categories,Images,Parent,Attribute 1 name,Attribute 1 value(s)
11,simple,WC-11,Red Hoodie,45,Hoodies,https://s.example/u/hoodie.jpg,,Color,Red
12,variable,WC-12,V-Neck Tee,,Tshirts,"https://s.example/u/vneck.jpg, http://s.example/vneck-2.jpg",,Color,"Blue, Green"
13,variation,WC-12-B,V-Neck Tee - Blue,20,,https://s.example/u/vneck-blue.jpg,{parent},Color,Blue
14,variation,WC-12-G,V-Neck Tee - Green,21,,,{parent},Color,Green
"""


@pytest.mark.parametrize("parent", ["WC-12", "id:12", "12"])
def test_variations_are_joined_to_their_parent(read, parent):
    catalog = read(WOO.format(parent=parent), "hoodie.jpg", "vneck.jpg", "vneck-2.jpg", "vneck-blue.jpg")
    assert pictures_of(catalog) == {
        "11": ["images/hoodie.jpg"],
        "12": ["images/vneck.jpg", "images/vneck-2.jpg", "images/vneck-blue.jpg"],
    }
    product = catalog.product("12")
    assert product.name == "V-Neck Tee" and product.of("type") == "Tshirts" and product.of("price") == "20"
    assert [problem.kind for problem in catalog.problems] == [JOINED, JOINED]


def test_a_parent_that_is_not_there_joins_nothing(read):
    catalog = read(WOO.format(parent="WC-99"), "hoodie.jpg", "vneck.jpg", "vneck-blue.jpg")
    assert [*catalog.table.index] == ["11", "12", "13"]


def test_parents_of_each_other_join_nothing_and_nobody_waits(read):
    catalog = read("id,name,parent\n1,Hat,2\n2,Tie,1\n3,Cap,3\n", "1.jpg", "2.jpg", "3.jpg")
    assert sorted(pictures_of(catalog)) == ["1", "2", "3"]


def test_a_variant_that_comes_before_its_parent_is_joined_too(read):
    catalog = read("id,name,size,parent\n2,Hat S,S,1\n1,Hat,,\n3,Tie,,\n", "1.jpg", "2.jpg", "3.jpg")
    assert {id_: len(pictures) for id_, pictures in pictures_of(catalog).items()} == {"1": 2, "3": 1}
    assert catalog.product("1").attributes["size"] == "S"


def test_rows_of_one_id_with_other_names_are_no_product_of_several_rows(read):
    catalog = read("id,name\n1,Hat\n1,Tie\n2,Cap\n", "1.jpg", "2.jpg")
    assert [(problem.kind, problem.detail) for problem in catalog.problems] == [(DUPLICATE_ID, "line 3")]
    assert catalog.names == ["Hat", "Cap"]
    pictures_of(catalog)


def test_a_table_without_names_keeps_the_first_row_of_an_id(read):
    catalog = read("id,color\n1,red\n1,blue\n2,red\n", "1.jpg", "2.jpg")
    assert [problem.kind for problem in catalog.problems] == [DUPLICATE_ID]
    pictures_of(catalog)


def test_very_many_rows_of_a_product_fill_no_memory(read):
    lines = [f"tee,Tee,{'x' * 50}{number},s{number},{number}" for number in range(2_000)]
    catalog = read("\n".join(["handle,title,note,size,stock", *lines]), "tee.jpg")
    product = catalog.product("tee").attributes
    assert len(product["note"]) < 1_100 and product["stock"] == "0"
    assert product["size"].split(", ") == [f"s{number}" for number in range(20)]
    assert len(catalog.problems) == 1_999
    pictures_of(catalog)


def test_a_picture_of_two_products_is_a_picture_of_both(read):
    catalog = read("id,name,image\n1,Hat,a.jpg\n2,Tie,a.jpg\n", "a.jpg")
    assert pictures_of(catalog) == {"1": ["images/a.jpg"], "2": ["images/a.jpg"]}


def test_what_no_row_names_is_said(read):
    catalog = read(SHOPIFY, "red-tee.jpg", "other.jpg", "blue-cap.jpg")
    assert [(problem.kind, problem.subject) for problem in catalog.problems if problem.kind != JOINED] == [
        (NO_ROW, "images/other.jpg")
    ]
    assert NOT_USED not in {problem.kind for problem in catalog.problems}
