"""Ids and names of pictures as they are compared."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog.forms import climb, loosest, natural, plain, stems, without_suffix

WORDS = st.text("aAbB019-_. ./é\u0301\u200b\u2013", max_size=6)
GROUPS = st.lists(WORDS, max_size=8, unique=True)


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("1001", "1001"),
        ("\xe9", "e\u0301"),
        ("e\u0301", "\xe9"),
        ("12.0", "12"),
        ("12.JPG", "12"),
        ("ab-1001", "AB-1001"),
        ("AB\u20131001", "AB-1001"),
        ("AB\u20111001", "AB-1001"),
        ("AB\u22121001", "AB-1001"),
        ("\u200b10\u200b01\ufeff", "1001"),
        ("１００１", "1001"),  # noqa: RUF001
        ("AB/1001", "AB-1001"),
        ("AB/1001", "AB_1001"),
        ("AB 1001", "ab_1001"),
        ("A.B.1001", "A-B-1001"),
        ("1001", "001001"),
        ("0012", "12"),
        ("AB-7", "ab-007"),
        ("AB1001", "AB-1001"),
        ("Größe 7", "größe_7"),
        ("STRASSE", "straße"),
    ],
)
def test_an_id_means_the_only_name_that_it_may_be_spelled_as(id_, name):
    assert climb([id_], [name, "another"]) == {id_: name}


@pytest.mark.parametrize(
    ("id_", "name"), [("1001", "1002"), ("1001", "11001"), ("1001", "10010"), ("a", "b"), ("-", "_"), ("101", "10-1")]
)
def test_an_id_does_not_mean_another_name(id_, name):
    assert climb([id_], [name]) == {}


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["ab-1"], ["AB-1", "Ab-1"]),
        (["ab-1", "AB_1"], ["Ab 1"]),
        (["7"], ["07", "007"]),
        (["7", "07"], ["007"]),
        (["a/b"], ["a-b", "a_b"]),
    ],
)
def test_nothing_is_guessed_where_two_could_be_meant(ids, names):
    assert climb(ids, names) == {}


def test_a_name_that_a_stricter_form_has_found_is_taken_by_no_looser_one():
    assert climb(["AB-1", "ab-1", "ab_1"], ["ab-1", "AB-1"]) == {"AB-1": "AB-1", "ab-1": "ab-1"}
    assert climb(["7", "007"], ["7", "07"]) == {"7": "7", "007": "07"}


@given(GROUPS, GROUPS)
def test_no_two_ids_mean_one_name_and_each_means_what_has_a_form_in_common(ids, names):
    means = climb(ids, names)
    assert means.keys() <= {*ids} and {*means.values()} <= {*names}
    assert max(Counter(means.values()).values(), default=1) == 1
    assert all(loosest(id_) == loosest(name) for id_, name in means.items())


@given(GROUPS, GROUPS)
def test_who_is_there_letter_for_letter_is_meant(ids, names):
    assert {each: each for each in ids if each in names}.items() <= climb(ids, names).items()


@given(GROUPS, GROUPS, st.randoms())
def test_the_order_does_not_matter(ids, names, random):
    shuffled, others = [*ids], [*names]
    random.shuffle(shuffled)
    random.shuffle(others)
    assert climb(ids, names) == climb(shuffled, others)


@given(GROUPS, GROUPS)
def test_what_was_found_is_found_again_among_itself(ids, names):
    means = climb(ids, names)
    assert climb(means, means.values()) == means


@given(st.text("aB019-_. /éß\u0301\u200b\u2013İ", max_size=8))
def test_forms_are_forms_of_themselves(text):
    assert plain(plain(text)) == plain(text)
    assert loosest(loosest(text)) == loosest(text)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("1.jpg", "1"),
        ("1.JPEG", "1"),
        ("1.jpg.jpg", "1"),
        ("a.b.png", "a.b"),
        ("a.b", "a.b"),
        (".jpg", ".jpg"),
        ("1.webp", "1"),
    ],
)
def test_a_name_loses_what_says_that_it_is_a_picture(name, stem):
    assert without_suffix(name) == stem


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("1001_1", ["1001"]),
        ("1001-2", ["1001"]),
        ("1001 (3)", ["1001"]),
        ("1001(3)", ["1001"]),
        ("1001_front", ["1001"]),
        ("1001-Back", ["1001"]),
        ("1001a", ["1001"]),
        ("1001_b", ["1001"]),
        ("1001_front_2", ["1001_front", "1001"]),
        ("1001_800x600", ["1001"]),
        ("AB-1001_2", ["AB-1001"]),
        ("red-dress-2", ["red-dress"]),
        ("red-dress", []),
        ("1001", []),
        ("dress", []),
        ("front", []),
    ],
)
def test_what_a_picture_may_be_a_further_one_of(name, bases):
    assert [each for each in stems(name) if each != name] == bases


@given(WORDS)
def test_each_is_shorter_than_the_one_before(name):
    lengths = [len(name), *map(len, stems(name))]
    assert lengths == sorted({*lengths}, reverse=True)


def test_names_with_numbers_come_in_the_order_of_the_numbers():
    names = ["images/10.jpg", "images/9.jpg", "1.jpg", "images/100.jpg", "a/2.jpg"]
    assert sorted(names, key=natural) == ["a/2.jpg", "1.jpg", "images/9.jpg", "images/10.jpg", "images/100.jpg"]
