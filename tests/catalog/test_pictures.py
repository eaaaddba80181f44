"""Pictures, looked up by what a table says of them."""

from pathlib import Path

import pytest

from prodsim.catalog.addresses import stem_of
from prodsim.catalog.files import File
from prodsim.catalog.pictures import Pictures

ADDRESS = "https://cdn.example.com/s/files/1/red%20tee.jpg?v=1699&width=800"


def pictures_at(*paths):
    return Pictures([File(Path("shop"), path) for path in paths])


def named(cell, *paths):
    pictures = pictures_at(*paths)
    return [paths[place] for place in pictures.named_in(cell)]


RED, BLUE = "images/red tee.jpg", "images/blue-tee.jpg"


@pytest.mark.parametrize(
    "cell",
    [
        "red tee.jpg",
        "red tee",
        "RED TEE.JPG",
        "red tee.png",
        "images/red tee.jpg",
        "photos/2024/red tee.jpg",
        "images\\red tee.jpg",
        "C:\\shop\\images\\Red Tee.jpg",
        "./images/red tee.jpg",
        "/var/www/red tee.jpg",
        " 'red tee.jpg' ",
        '"red tee.jpg"',
        "['red tee.jpg']",
        '["images/red tee.jpg"]',
        "{red tee.jpg}",
        "red_tee.jpg",
        "red-tee",
        "red\u00a0tee.jpg",
        ADDRESS,
        "http://example.com/red%20tee.jpg",
        "//cdn.example.com/red%20tee.jpg",
        "https://example.com/Red-Tee.JPG#top",
        "https://example.com/red%20tee.jpg ! alt : Red ! title : Tee ! desc :",
    ],
)
def test_a_cell_names_a_picture_by_name_path_or_address(cell):
    assert named(cell, RED, BLUE) == [RED]


@pytest.mark.parametrize(
    "cell", ["", "red", "tee.jpg", "green tee.jpg", "https://[", "https://example.com/", "/", "..", "x" * 5_000]
)
def test_a_cell_that_names_none_names_none(cell):
    assert named(cell, RED, BLUE) == []


@pytest.mark.parametrize(
    "cell",
    [
        "red tee.jpg,blue-tee.jpg",
        "red tee.jpg, blue-tee.jpg",
        "red tee.jpg|blue-tee.jpg",
        "red tee.jpg;blue-tee.jpg",
        "red tee.jpg\nblue-tee.jpg",
        "red tee.jpg\tblue-tee.jpg",
        "images/red tee.jpg,images/blue-tee.jpg",
        "['red tee.jpg', 'blue-tee.jpg']",
        '["images/red tee.jpg", "images/blue-tee.jpg"]',
        "red tee,blue-tee",
        "https://example.com/red%20tee.jpg,https://example.com/blue-tee.jpg",
        "https://example.com/red%20tee.jpg, https://example.com/blue-tee.jpg?v=1,2",
        "https://example.com/red%20tee.jpg https://example.com/blue-tee.jpg",
        "red tee.jpg, blue-tee.jpg, red tee.jpg",
        "red tee.jpg,gone.jpg,blue-tee.jpg",
        "/r/e/red tee.jpg,/b/l/blue-tee.jpg",
    ],
)
def test_a_cell_names_several_pictures_in_its_order(cell):
    assert named(cell, BLUE, RED) == [RED, BLUE]


@pytest.mark.parametrize(
    "name", ["red, white.jpg", "a;b.jpg", "a|b.jpg", "[red].jpg", "it's.jpg", "50%20.jpg", "a#b.jpg"]
)
def test_a_name_with_what_parts_names_is_one_name(name):
    assert named(name, f"images/{name}", "white.jpg", "red.jpg", "a.jpg", "b.jpg") == [f"images/{name}"]


def test_of_pictures_of_one_name_the_one_whose_path_fits_is_named():
    paths = ("dresses/001.jpg", "trousers/001.jpg", "trousers/old/001.jpg", "trousers/001.png")
    assert named("trousers/001.jpg", *paths) == ["trousers/001.jpg"]
    assert named("images/trousers/001.png", *paths) == ["trousers/001.png"]
    assert named("shop\\old\\001.jpg", *paths) == ["trousers/old/001.jpg"]
    assert named("https://example.com/media/dresses/001.jpg?v=2", *paths) == ["dresses/001.jpg"]


def test_a_picture_that_was_fetched_from_an_address_is_named_by_it():
    assert named(ADDRESS, f"images/{stem_of(ADDRESS)}.jpg", RED) == [f"images/{stem_of(ADDRESS)}.jpg"]


def test_a_loose_name_that_two_pictures_have_names_none():
    assert named("red tee", "red_tee.jpg", "red-tee.jpg") == []


# of ids


def of(ids, *paths):
    pictures = pictures_at(*paths)
    return {id_: [paths[place] for place in places] for id_, places in pictures.of_ids(ids).items()}


def test_pictures_of_a_name_with_a_number_or_a_view_are_those_of_the_id_before_it():
    paths = ("1001_1.jpg", "1001_2.jpg", "1002-front.jpg", "1002-back_2.jpg", "1003 (1).jpg", "1004a.jpg", "1004b.jpg")
    assert of(["1001", "1002", "1003", "1004"], *paths) == {
        "1001": ["1001_1.jpg", "1001_2.jpg"],
        "1002": ["1002-front.jpg", "1002-back_2.jpg"],
        "1003": ["1003 (1).jpg"],
        "1004": ["1004a.jpg", "1004b.jpg"],
    }


def test_the_picture_called_as_the_id_comes_first():
    assert of(["A-1"], "A-1_2.jpg", "A-1.jpg", "A-1_front.jpg") == {"A-1": ["A-1.jpg", "A-1_2.jpg", "A-1_front.jpg"]}


def test_who_has_the_name_letter_for_letter_has_the_picture():
    assert of(["1001", "1001_1"], "1001_1.jpg", "1001_2.jpg") == {"1001_1": ["1001_1.jpg"], "1001": ["1001_2.jpg"]}
    assert of(["1", "11", "1-1"], "1-1.jpg", "1-2.jpg") == {"1-1": ["1-1.jpg"], "1": ["1-2.jpg"]}


def test_numbered_pictures_of_one_product_are_no_other_ones():
    assert of(["10", "101", "102"], "10-1.jpg", "10-2.jpg") == {"10": ["10-1.jpg", "10-2.jpg"]}


def test_a_folder_of_an_id_holds_its_pictures():
    paths = ("1001/front.jpg", "1001/back.jpg", "1002/deep/1.jpg", "other/1.jpg")
    assert of(["1001", "1002"], *paths) == {"1001": ["1001/front.jpg", "1001/back.jpg"], "1002": ["1002/deep/1.jpg"]}


def test_pictures_in_the_folder_of_an_id_that_are_called_as_it_come_first():
    assert of(["7", "8"], "7/7.jpg", "7/detail.jpg", "8/9.jpg") == {"7": ["7/7.jpg", "7/detail.jpg"], "8": ["8/9.jpg"]}


def test_what_is_taken_is_no_others():
    pictures = pictures_at("1.jpg", "1_2.jpg")
    assert pictures.of_ids(["1"], taken=[0]) == {"1": [1]}
