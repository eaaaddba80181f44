"""What may be learned from, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.splits import PHOTO_CLASSES, Split, split_of_photo, split_of_product


@given(st.integers(0, 1999))
def test_the_products_of_the_published_method_are_never_learned_from(number):
    assert split_of_product(str(number)) is Split.PUBLISHED


@given(st.integers(200, 10_000_000))
def test_a_tenth_of_the_products_is_held_out(tens):
    assert split_of_product(str(tens * 10 + 3)) is Split.HELD_OUT


@given(st.integers(2000, 10_000_000))
def test_what_is_learned_from_is_neither_published_nor_held_out_nor_watched(number):
    learned = split_of_product(str(number)) is Split.TRAIN
    assert learned == (number % 10 != 3 and number % 50 != 17)


@given(st.text(max_size=20))
def test_the_photos_of_the_validation_split_are_never_learned_from(name):
    assert split_of_photo(f"validation/dress/{name}") is Split.HELD_OUT


def test_about_an_eighth_of_the_training_photos_is_watched_instead():
    splits = [split_of_photo(f"train/dress/{number}.jpg") for number in range(4000)]
    assert splits.count(Split.DEVELOPMENT) + splits.count(Split.TRAIN) == 4000
    assert splits.count(Split.DEVELOPMENT) == pytest.approx(500, rel=0.15)


def test_there_are_ten_classes_of_photos_and_none_is_empty():
    assert len(PHOTO_CLASSES) == 10 and all(PHOTO_CLASSES.values())
