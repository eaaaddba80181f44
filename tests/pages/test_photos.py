"""Search by photos: given in any way, kept for their owner alone, cropped, and honestly answered."""

import pytest
from PIL import Image
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from prodsim.images import SENTENCES, open_rgb
from prodsim.search import MAX_PHOTOS, NOTHING
from tests.pages.cards import act, cards, choose, grid
from tests.pages.running import no_error, rainbow, run, two_colored
from tests.pages.searching import (
    SEARCH,
    UNFOLDED,
    chips,
    found,
    give,
    has_results,
    open_tab,
    photo,
    search,
    with_photos,
)
from tests.samples import DAMAGED, picture

LEFT_BEHIND = "This search was by a photo, which stayed with its owner"


def _captions(page: AppTest) -> str:
    return "\n".join(caption.value for caption in page.caption)


# how a photo is given


def test_an_uploaded_photo_finds_what_looks_like_it() -> None:
    page = with_photos("105")
    no_error(page)
    assert page.title[0].value == "Your photo"
    assert found(page)[0] == "105"
    assert len(found(page)) == 5
    assert grid(page)["query"]["name"] == "Your photo"


def test_a_photo_of_the_camera_finds_what_looks_like_it() -> None:
    page = run(SEARCH, unfolded=(*UNFOLDED, "camera open"))
    page.camera_input(key="camera").set_value(("camera.jpg", two_colored(rainbow(12)["107"]), "image/jpeg")).run()
    no_error(page)
    assert found(page)[0] == "107"


def test_a_first_visitor_is_offered_sample_photos() -> None:
    page = search()
    page.button(key="sample Sneaker").click().run()
    no_error(page)
    assert page.title[0].value == "Your photo" and "photo" in page.query_params
    assert len(found(page)) == 5


def test_a_photo_that_is_dropped_where_no_uploader_is_opens_one() -> None:
    page = run(SEARCH, product="103")
    assert not page.file_uploader
    (listening,) = [part for part in page.get("bidi_component") if part.key == "files from anywhere"]
    states = page._tree.get_widget_states()
    event = WidgetState(
        id=f"$$STREAMLIT_INTERNAL_KEY_{listening.proto.id}__events", json_trigger_value='[{"event": "missing"}]'
    )
    states.widgets.append(event)
    page._run(states)
    no_error(page)
    assert [uploader.key for uploader in page.file_uploader] == ["upload 0"]


def test_one_photo_after_the_other_is_searched_with() -> None:
    page = with_photos("105")
    for product_id in ("101", "109", "105"):
        give(page, photo(product_id))
        no_error(page)
        assert page.title[0].value == "Your photo" and found(page)[0] == product_id


# where it is kept


def test_a_photo_as_the_query_puts_no_product_into_the_address_but_a_token() -> None:
    page = give(search(product="103", more="107"), photo("105"))
    no_error(page)
    assert not {"product", "words", "more"} & set(page.query_params)
    token = page.query_params["photo"]
    assert len(token) >= 8 and "105" not in token
    assert give(page, photo("105")).query_params["photo"] != token, "the same photo has another token"


def test_the_address_of_a_photo_shows_it_again_to_its_owner() -> None:
    page = with_photos("105")
    address, before = dict(page.query_params), cards(page)
    choose(page, found(page)[0])
    page.query_params.clear()
    page.query_params.update(address)
    page.run()
    no_error(page)
    assert page.title[0].value == "Your photo" and cards(page) == before


@pytest.mark.parametrize("tab", [None, "why", "compare", "steps"])
def test_an_unknown_token_says_that_the_photo_stayed_with_its_owner_and_offers_the_upload(tab: str | None) -> None:
    page = search(photo="0123abcd", k="4", articleType="Shoes", **({"tab": tab} if tab else {}))
    no_error(page)
    assert page.info[0].value.startswith(LEFT_BEHIND)
    assert page.title[0].value == "What looks like this?" and not has_results(page)
    assert "product" not in page.query_params, "no other query takes its place"
    give(page, photo("105"))
    no_error(page)
    assert not page.info
    assert found(page)[0] == "105" and set(found(page)) == {"102", "105", "108", "111"}
    assert page.query_params["photo"] != "0123abcd"


def test_who_has_no_such_photo_opens_the_upload_by_a_button() -> None:
    page = run(SEARCH, photo="0123abcd")
    assert not page.file_uploader
    page.button(key="photo again").click().run()
    no_error(page)
    assert [uploader.key for uploader in page.file_uploader] == ["upload 0"]


def test_another_visitor_does_not_see_the_photo_even_at_its_address() -> None:
    page = with_photos("105")
    other = search(**page.query_params)
    no_error(other)
    assert not has_results(other)
    assert other.info[0].value.startswith(LEFT_BEHIND)
    assert found(page.run())[0] == "105"


def test_a_photo_is_steered_too_and_the_address_holds_its_marks_for_its_owner() -> None:
    page = with_photos("105")
    marked = found(page)[-1]
    act(page, "more", marked)
    no_error(page)
    assert chips(page) == [f"chip more {marked}"] and marked not in found(page)
    assert page.query_params["more"] == marked
    other = search(**page.query_params)
    no_error(other)
    assert not chips(other) and other.info[0].value.startswith(LEFT_BEHIND)


def test_a_photo_is_decoded_once_whatever_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []

    def counted(source: object, *names: str) -> Image.Image:
        decoded.extend(names)
        return open_rgb(source, *names)  # type: ignore[arg-type]

    monkeypatch.setattr("prodsim.search.photo.open_rgb", counted)
    page = with_photos("105")
    for title in ("Why", "Compare", "Step by step", "Results"):
        open_tab(page, title)
        no_error(page)
    page.selectbox(key="model").set_value("mini").run()
    no_error(page)
    assert decoded == ["105.png"]


# what cannot be used


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DAMAGED, "photo"),
        (b"", "not a picture"),
        (b"%PDF-1.7 and so on", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(21 * 2**20), "MB"),
    ],
    ids=["damaged", "empty", "no picture", "too large"],
)
def test_a_photo_that_cannot_be_used_is_answered_and_the_next_one_searched_with(content: bytes, reason: str) -> None:
    page = give(search(product="103"), ("photo.png", content))
    assert not page.exception
    (error,) = page.error
    assert reason in error.value
    assert not has_results(page) and "product" not in page.query_params
    assert not page.info, "it was given, and did not stay with anybody"
    give(page, ("good.png", picture("red", (30, 40))))
    no_error(page)
    assert len(found(page)) == 5


def test_a_damaged_photo_among_several_can_be_looked_at_and_removed() -> None:
    page = give(search(), photo("105"), ("bad.png", DAMAGED))
    assert "bad" in page.error[0].value and found(page)[0] == "105"
    page.selectbox(key="framed").set_value(1).run()
    assert not page.exception
    assert found(page)[0] == "105"
    page.button(key="remove photo").click().run()
    no_error(page)
    assert page.title[0].value == "Your photo" and found(page)[0] == "105"


def test_more_photos_than_a_query_takes_are_left_out_and_that_is_said() -> None:
    page = with_photos(*rainbow(MAX_PHOTOS + 2))
    assert not page.exception
    (error,) = page.error
    assert f"A query takes {MAX_PHOTOS} photos, and {MAX_PHOTOS + 2} were given" in error.value.replace("\\", "")
    assert page.title[0].value == f"Your {MAX_PHOTOS} photos"
    assert len(found(page)) == 5


def test_a_bad_photo_is_searched_with_and_its_faults_are_said() -> None:
    page = give(search(), ("black.png", picture("black", (30, 40))))
    no_error(page)
    for flaw in ("tiny", "dark", "nearly uniform"):
        assert SENTENCES[flaw] in _captions(page)
    assert len(found(page)) == 5


def test_what_looks_like_nothing_in_the_catalog_is_said_to_and_no_number_contradicts_it() -> None:
    page = give(search(), ("black.png", picture("black", (30, 40))))
    no_error(page)
    assert [warning.value for warning in page.warning] == [NOTHING]
    assert len(found(page)) == 5
    assert {card["badge"] for card in cards(page)} == {"not alike"}
    assert grid(page)["muted"]
    give(page, photo("105"))
    assert not page.warning and not grid(page)["muted"]
    assert cards(page)[0]["badge"] == "very close"
