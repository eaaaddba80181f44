"""Photos that are searched with: which part of each counts, what a model sees of it, and several of one item."""

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from prodsim.images import open_rgb
from tests.pages.cards import act, choose
from tests.pages.running import no_error, rainbow, two_colored
from tests.pages.searching import chips, found, give, photo, search, with_photos
from tests.samples import encoded, noise


def _side_by_side(left: str, right: str) -> tuple[str, bytes]:
    """A photo of two products of the shop."""
    both = Image.new("RGB", (120, 80))
    for place, product_id in enumerate((left, right)):
        both.paste(open_rgb(two_colored(rainbow(12)[product_id])), (60 * place, 0))
    return "both.png", encoded(both)


def _seen(page: AppTest) -> list[tuple[str, str]]:
    """Caption and address of each picture of what a model sees."""
    images = [picture for element in page.get("image") for picture in element.proto.imgs]
    return [(image.caption, image.url) for image in images if "sees" in image.caption]


# how it is cropped


def test_what_is_cropped_away_is_not_searched_with() -> None:
    page = give(search(), _side_by_side("105", "102"))
    page.slider(key="crop across").set_range(0, 50).run()
    no_error(page)
    assert found(page)[0] == "105"
    page.slider(key="crop across").set_range(50, 100).run()
    assert found(page)[0] == "102"


def test_a_crop_keeps_the_query_with_its_token_and_its_marks() -> None:
    page = give(search(), _side_by_side("105", "102"))
    marked = found(page)[-1]
    address = dict(act(page, "less", marked).query_params)
    assert address["less"] == marked
    page.slider(key="crop across").set_range(0, 50).run()
    no_error(page)
    assert page.query_params == address and chips(page) == [f"chip less {marked}"]


def test_a_crop_stays_with_its_photo_and_a_new_photo_is_whole() -> None:
    page = give(search(), _side_by_side("105", "102"))
    page.slider(key="crop across").set_range(50, 100).run()
    choose(page, found(page)[0]).button(key="back").click().run()
    assert page.slider(key="crop across").value == (50, 100)
    give(page, photo("107"))
    no_error(page)
    assert page.slider(key="crop across").value == (0, 100)


@pytest.mark.parametrize(("edge", "kept"), [(0, (0, 1)), (40, (40, 41)), (100, (99, 100))])
@pytest.mark.parametrize("way", ["across", "down"])
def test_a_crop_leaves_something_of_the_photo(way: str, edge: int, kept: tuple[int, int]) -> None:
    page = with_photos("105")
    page.slider(key=f"crop {way}").set_range(edge, edge).run()
    no_error(page)
    assert page.slider(key=f"crop {way}").value == kept
    assert len(found(page)) == 5
    page.slider(key=f"crop {way}").set_range(0, 100).run()
    no_error(page)
    assert found(page)[0] == "105"


def test_what_the_model_sees_of_a_photo_is_shown_and_follows_how_it_is_fitted() -> None:
    page = give(search(), ("noise.png", encoded(noise((60, 60)))))
    ((caption, stretched),) = _seen(page)
    assert caption == "What Pixels sees: 15 x 20 pixels"
    page.segmented_control(key="fit").set_value("Whole, on white").run()
    no_error(page)
    ((_, padded),) = _seen(page)
    assert padded != stretched


def test_nothing_is_said_of_what_a_model_sees_of_a_product() -> None:
    page = search(product="103")
    assert not _seen(page) and not page.slider


# several of one item


def test_several_photos_are_one_query_between_them() -> None:
    page = with_photos("104", "106")
    no_error(page)
    assert page.title[0].value == "Your 2 photos"
    assert found(page)[0] == "105"


def test_each_of_several_photos_has_its_own_crop() -> None:
    page = with_photos("104", "106")
    page.selectbox(key="framed").set_value(1).run()
    page.slider(key="crop down").set_range(50, 100).run()
    no_error(page)
    page.selectbox(key="framed").set_value(0).run()
    assert page.slider(key="crop down").value == (0, 100)
    page.selectbox(key="framed").set_value(1).run()
    assert page.slider(key="crop down").value == (50, 100)


def test_another_photo_of_the_item_joins_the_query_which_keeps_its_crop_and_its_marks() -> None:
    page = with_photos("104")
    marked = found(page)[-1]
    act(page, "less", marked)
    page.slider(key="crop down").set_range(40, 100).run()
    (adding,) = [uploader for uploader in page.file_uploader if uploader.key.startswith("photos added")]
    name, content = photo("108")
    adding.set_value([(name, content, "image/png")]).run()
    no_error(page)
    assert page.title[0].value == "Your 2 photos" and chips(page) == [f"chip less {marked}"]
    assert page.slider(key="crop down").value == (40, 100)
    page.selectbox(key="framed").set_value(0).run()
    page.button(key="remove photo").click().run()
    no_error(page)
    assert page.title[0].value == "Your photo" and chips(page) == [f"chip less {marked}"]
    page.button(key="start over").click().run()
    assert found(page)[0] == "108"
    assert page.slider(key="crop down").value == (0, 100)
