from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from numpy.typing import NDArray
from PIL import Image
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from prodsim.config import load_settings
from prodsim.encoders import REGISTRY
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.errors import ImageError
from prodsim.images import open_rgb
from prodsim.search import NOTHING
from prodsim.search import photo as photo_module
from tests.pages.running import NAME, no_error, rainbow, run, two_colored, uploader
from tests.samples import DAMAGED, encoded, noise, picture

SIMILAR = "pages/similar.py"


def _ranks(page: AppTest) -> list[str]:
    """The first line of each result's card."""
    return [line.value for line in page.markdown if "score" in line.value]


def _results(page: AppTest) -> list[str]:
    """Ids of the results, best first."""
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def test_an_opened_page_shows_the_five_most_similar_products() -> None:
    page = run(SIMILAR, product="103")
    no_error(page)
    assert len(_results(page)) == 5
    assert _results(page)[0] in ("102", "104")
    assert _ranks(page)[0].startswith("**1**") and "**1.00**" in _ranks(page)[0]


def test_names_appear_letter_for_letter() -> None:
    page = run(SIMILAR, product="103")
    texts = [text.value for text in page.text]
    assert f"Model {_results(page)[0]} {NAME}" in texts


def test_scores_fall_with_the_rank() -> None:
    page = run(SIMILAR, product="103")
    scores = [float(line.rpartition("score **")[2].strip("*")) for line in _ranks(page)]
    assert scores == sorted(scores, reverse=True)


def test_the_number_of_results_is_the_one_asked_for() -> None:
    page = run(SIMILAR, product="103")
    page.number_input(key="k").set_value(3).run()
    assert len(_results(page)) == 3
    assert page.query_params["k"] == "3"


def test_the_query_is_its_own_best_match_only_if_included() -> None:
    page = run(SIMILAR, product="103")
    assert "103" not in _results(page)
    page.checkbox(key="include_query").check().run()
    assert _results(page)[0] == "103"


def test_scoring_can_be_switched_to_the_raw_kernel() -> None:
    page = run(SIMILAR, product="103")
    unit = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    page.selectbox(key="scoring").set_value("linear").run()
    no_error(page)
    raw = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    assert float(unit[0].split()[1]) <= 1 < float(raw[0].split()[1].replace(",", ""))


def test_a_product_is_found_by_a_part_of_its_name() -> None:
    page = run(SIMILAR)
    page.text_input(key="find").input("model 107").run()
    no_error(page)
    assert page.selectbox(key="product").value == "107"
    assert page.query_params["product"] == "107"


def test_a_product_is_found_by_its_id() -> None:
    page = run(SIMILAR)
    page.text_input(key="find").input("108").run()
    assert page.selectbox(key="product").value == "108"


def test_a_search_that_finds_no_product_says_so_and_keeps_the_query() -> None:
    page = run(SIMILAR, product="103")
    page.text_input(key="find").input("zeppelin").run()
    no_error(page)
    assert page.selectbox(key="product").value == "103"
    assert any("No product has “zeppelin”" in caption.value for caption in page.caption)


def test_a_result_leads_on_to_its_own_look_alikes() -> None:
    page = run(SIMILAR, product="103")
    following = _results(page)[0]
    page.button(key=f"look-alikes of {following}").click().run()
    no_error(page)
    assert page.selectbox(key="product").value == following
    assert page.query_params["product"] == following


def test_an_address_shows_the_same_search_again() -> None:
    first = run(SIMILAR, product="103", k="4", scoring="linear", include_query="true", encoder="pixels")
    again = run(SIMILAR, **first.query_params)
    assert (_results(again), _ranks(again)) == (_results(first), _ranks(first))
    assert len(_results(again)) == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k", "0"),
        ("k", "101"),
        ("k", "five"),
        ("k", "٣"),
        ("scoring", "cosine"),
        ("encoder", "vgg19"),
        ("product", "no such product"),
        ("include_query", "maybe"),
    ],
)
def test_nonsense_in_the_address_is_answered_and_the_page_goes_on(name: str, value: str) -> None:
    page = run(SIMILAR, **{"product": "103"} | {name: value})
    no_error(page)
    (warning,) = page.warning
    assert warning.value.startswith("In the address")
    assert _results(page)


def test_an_unknown_encoder_in_the_environment_is_answered_and_the_page_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg99")
    page = run(SIMILAR)
    no_error(page)
    assert "vgg99" in page.warning[0].value
    assert _results(page)


def test_without_its_weights_an_encoder_is_replaced_with_a_notice_a_remedy_and_a_retry() -> None:
    page = run(SIMILAR, encoder="vgg16")
    no_error(page)
    assert any("is used instead of VGG16" in line.value for line in page.markdown)
    assert any("prodsim download vgg16" in caption.value.replace("\\", "") for caption in page.caption)
    assert len(_results(page)) == 5
    page.button(key="retry").click().run()
    no_error(page)
    assert len(_results(page)) == 5


def test_every_encoder_can_be_chosen() -> None:
    page = run(SIMILAR)
    assert len(page.selectbox(key="encoder").options) == len(REGISTRY)


def _upload(content: bytes, name: str = "photo.png") -> AppTest:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).upload(name, content).run()
    return page


def test_an_uploaded_photo_finds_what_looks_like_it() -> None:
    page = _upload(two_colored(rainbow(12)["105"]))
    no_error(page)
    assert _results(page)[0] == "105"
    assert len(_results(page)) == 5


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
def test_a_photo_that_cannot_be_used_is_answered_and_the_page_goes_on(content: bytes, reason: str) -> None:
    page = _upload(content)
    assert not page.exception
    (error,) = page.error
    assert reason in error.value
    page.button(key="remove photo 0").click().run()
    uploader(page).upload("good.png", picture("red", (30, 40))).run()
    no_error(page)
    assert len(_results(page)) == 5


def test_a_damaged_catalog_picture_is_left_out_and_reported(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = run(SIMILAR, product="103")
    no_error(page)
    assert "104" not in _results(page)
    assert any("1 products are left out" in expander.label for expander in page.expander)


def test_a_query_whose_picture_is_damaged_is_answered_with_a_sentence(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = run(SIMILAR, product="104")
    assert not page.exception
    assert "has no embedding" in page.error[0].value


def test_pictures_that_could_not_be_used_are_tried_again_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(data: bytes, name: str) -> Image.Image:
        if name == "104.png":
            raise ImageError("104.png is damaged.")
        return open_rgb(data, name)

    with monkeypatch.context() as patch:
        patch.setattr("prodsim.index.build.open_rgb", torn)
        page = run(SIMILAR, product="103")
    assert "104" not in _results(page)
    page.button(key="try pictures again").click().run()
    no_error(page)
    assert "104" in _results(page)
    assert not any("left out" in expander.label for expander in page.expander)


def test_a_damaged_store_is_said_to_be_set_aside_and_the_search_goes_on() -> None:
    before = _results(run(SIMILAR, product="103"))
    (part,) = (load_settings().cache_dir / "stores").glob("*/*.arrow")
    data = bytearray(part.read_bytes())
    data[-9] ^= 1
    part.write_bytes(data)
    st.cache_resource.clear()
    page = run(SIMILAR, product="103")
    no_error(page)
    assert _results(page) == before
    assert any("set aside" in info.value for info in page.info)
    assert not page.run().info, "it is said once"


def test_an_unwritable_cache_is_said_and_the_search_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "file" / "cache"))
    page = run(SIMILAR, product="103")
    no_error(page)
    assert len(_results(page)) == 5
    assert r"Set PRODSIM\_CACHE\_DIR" in page.info[0].value


def test_filters_apply_before_ranking_so_that_there_are_k_results_whenever_k_products_pass() -> None:
    page = run(SIMILAR, product="103", articleType=["Shoes"], k="3")
    no_error(page)
    assert len(_results(page)) == 3
    assert all(int(product_id) % 3 == 0 for product_id in _results(page))
    assert any("of 4 products" in header.value for header in page.header)


def test_filters_that_leave_nothing_say_which_choice_empties_them_and_offer_to_drop_it(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(picture("black"))
    page = run(SIMILAR, product="103", articleType=["Hats"], gender=["Men"])
    no_error(page)
    assert not _results(page)
    page.button(key="drop gender").click().run()
    no_error(page)
    assert _results(page) == ["900"]


def test_results_can_be_read_as_a_table() -> None:
    page = run(SIMILAR, product="103")
    table = page.dataframe[0].value
    assert list(table["id"]) == _results(page)
    assert {"rank", "score", "similarity", "percentile", "closeness", "articleType"} <= set(table.columns)


@pytest.mark.parametrize("way", ["Product", "Photo", "Words"])
def test_what_is_found_in_any_way_can_be_shared_in_three_forms(way: str) -> None:
    page = _upload(two_colored(rainbow(12)["105"])) if way == "Photo" else run(SIMILAR, product="103")
    if way == "Words":
        page = run(SIMILAR, words="shirts")
    no_error(page)
    assert [button.label for button in page.download_button] == ["Report", "CSV", "JSON"]
    said = [caption.value for caption in page.caption if caption.value.startswith("The report is one file")]
    assert ("not stored here" in said[0]) == (way == "Photo")


def test_there_is_nothing_to_share_before_anything_is_found() -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    no_error(page)
    assert not page.download_button


def test_there_is_a_way_back_to_the_query_before() -> None:
    page = run(SIMILAR, product="103")
    first, second = _results(page)[:2]
    page.button(key=f"look-alikes of {first}").click().run()
    page.button(key=f"look-alikes of {_results(page)[-1]}").click().run()
    page.button(key="back").click().run()
    assert page.selectbox(key="product").value == first
    page.button(key="back").click().run()
    no_error(page)
    assert page.selectbox(key="product").value == "103"
    assert _results(page)[:2] == [first, second]
    assert "back" not in [button.key for button in page.button]


def test_the_way_back_leads_to_the_photo_too() -> None:
    page = _upload(two_colored(rainbow(12)["105"]))
    before = _results(page)
    page.button(key=f"look-alikes of {before[0]}").click().run()
    page.button(key="back").click().run()
    no_error(page)
    assert page.segmented_control(key="way").value == "Photo"
    assert _results(page) == before


def test_a_session_that_lost_what_was_asked_goes_on_from_a_result() -> None:
    def lost() -> None:
        import streamlit as st

        from prodsim.ui import trail

        st.session_state.update({"catalog": "shop", "way": "Product", "more": [], "less": []})
        trail.choose("103")

    page = AppTest.from_function(lost).run()
    no_error(page)
    assert page.session_state["product"] == "103"


def test_a_first_visitor_is_offered_examples() -> None:
    page = run(SIMILAR)
    examples = [button for button in page.button if button.key.startswith("example ")]
    assert [example.label for example in examples] == ["Shirts", "Shoes"]
    examples[1].click().run()
    no_error(page)
    assert page.selectbox(key="product").value == "102"


def test_a_first_visitor_is_offered_sample_photos() -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    page.button(key="sample Sneaker").click().run()
    no_error(page)
    assert len(_results(page)) == 5


def test_a_photo_of_the_camera_finds_what_looks_like_it() -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Camera").run()
    page.camera_input(key="camera").set_value(("camera.jpg", two_colored(rainbow(12)["107"]), "image/jpeg")).run()
    no_error(page)
    assert _results(page)[0] == "107"


def test_another_visitor_does_not_see_the_photo() -> None:
    _upload(two_colored(rainbow(12)["105"]))
    other = run(SIMILAR)
    other.segmented_control(key="way").set_value("Photo").run()
    assert not _results(other)


def test_score_and_similarity_are_each_explained_in_a_sentence() -> None:
    page = run(SIMILAR, product="103")
    explained = next(caption.value for caption in page.caption if "**Score**" in caption.value)
    assert "relative to this search" in explained and "**Similarity**: the cosine" in explained


def test_every_result_says_what_its_similarity_means_in_this_catalog() -> None:
    page = run(SIMILAR, product="103")
    lines = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    assert len(lines) == 5
    assert all(line.endswith("% of pairs") for line in lines)
    assert "very close, above" in lines[0] and "very close" not in lines[-1]


def test_what_looks_like_nothing_in_the_catalog_is_said_to() -> None:
    page = _upload(picture("black", (30, 40)))
    no_error(page)
    assert len(_results(page)) == 5
    assert page.warning[-1].value == NOTHING
    assert not _upload(two_colored(rainbow(12)["105"])).warning


def _side_by_side(left: str, right: str) -> bytes:
    """A photo of two products of the shop."""
    photo = Image.new("RGB", (120, 80))
    for place, product_id in enumerate((left, right)):
        photo.paste(open_rgb(two_colored(rainbow(12)[product_id])), (60 * place, 0))
    return encoded(photo)


def test_what_is_cropped_away_is_not_searched_with() -> None:
    page = _upload(_side_by_side("105", "102"))
    page.slider(key="crop across").set_range(0, 50).run()
    no_error(page)
    assert _results(page)[0] == "105"
    page.slider(key="crop across").set_range(50, 100).run()
    assert _results(page)[0] == "102"


def test_a_crop_stays_with_its_photo_and_a_new_photo_is_whole() -> None:
    page = _upload(_side_by_side("105", "102"))
    page.slider(key="crop across").set_range(50, 100).run()
    page.segmented_control(key="way").set_value("Product").run()
    page.segmented_control(key="way").set_value("Photo").run()
    assert page.slider(key="crop across").value == (50, 100)
    page.button(key="sample Sneaker").click().run()
    no_error(page)
    assert page.slider(key="crop across").value == (0, 100)


def test_a_crop_that_leaves_nothing_is_answered_and_can_be_mended() -> None:
    page = _upload(two_colored(rainbow(12)["105"]))
    page.slider(key="crop down").set_range(40, 40).run()
    assert not page.exception
    assert "leaves nothing of the photo" in page.error[0].value
    assert not _results(page)
    page.slider(key="crop down").set_range(0, 100).run()
    no_error(page)
    assert _results(page)[0] == "105"


def _seen(page: AppTest) -> list[tuple[str, str]]:
    """Caption and address of each picture of what a model sees."""
    images = [picture for element in page.get("image") for picture in element.proto.imgs]
    return [(image.caption, image.url) for image in images if "sees" in image.caption]


def test_what_the_model_sees_of_a_photo_is_shown_and_follows_how_it_is_fitted() -> None:
    page = _upload(encoded(noise((60, 60))))
    ((caption, stretched),) = _seen(page)
    assert caption == "What Pixels sees: 15 x 20 pixels"
    page.segmented_control(key="fit").set_value("Whole, on white").run()
    no_error(page)
    ((_, padded),) = _seen(page)
    assert padded != stretched


def test_nothing_is_said_of_what_a_model_sees_of_a_product() -> None:
    assert not _seen(run(SIMILAR, product="103"))


def test_a_bad_photo_is_searched_with_a_warning() -> None:
    page = _upload(picture("black", (30, 40)))
    no_error(page)
    assert all(word in page.warning[0].value for word in ("tiny", "dark", "one color"))
    assert len(_results(page)) == 5


def _twenty() -> list[tuple[str, bytes, str]]:
    """Files of other photos each."""
    return [(f"{number}.png", encoded(noise((60, 80), number)), "image/png") for number in range(20)]


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many photos are decoded, and pictures encoded, from here on."""
    counted: Counter[str] = Counter()
    encode = PixelsEncoder.encode

    def opening(content: bytes, name: str) -> Image.Image:
        counted["decoded"] += 1
        return open_rgb(content, name)

    def encoding(encoder: PixelsEncoder, pictures: Sequence[Image.Image]) -> NDArray[np.float32]:
        counted["encoded"] += len(pictures)
        return encode(encoder, pictures)

    monkeypatch.setattr(photo_module, "open_rgb", opening)
    monkeypatch.setattr(PixelsEncoder, "encode", encoding)
    return counted


def test_of_twenty_photos_eight_are_searched_with_each_decoded_and_encoded_once(worked: Counter[str]) -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    worked.clear()
    uploader(page).set_value(_twenty()).run()
    assert not page.exception
    assert page.error[0].value.startswith("A query takes 8 photos, and 20 were given.")
    assert len(_results(page)) == 5 and len(_seen(page)) == 0
    assert worked == {"decoded": 8, "encoded": 8}
    page.number_input(key="k").set_value(3).run()
    page.selectbox(key="scoring").set_value("linear").run()
    page.button(key=f"more like {_results(page)[0]}").click().run()
    page.segmented_control(key="way").set_value("Product").run()
    page.segmented_control(key="way").set_value("Photo").run()
    assert not page.exception and len(_results(page)) == 3
    assert worked == {"decoded": 8, "encoded": 8}
    page.selectbox(key="framed").set_value(2).run()
    page.slider(key="crop across").set_range(0, 50).run()
    assert worked == {"decoded": 9, "encoded": 9}, "the one that was cropped"
    page.button(key="remove photo 0").click().run()
    no_error(page)
    assert worked == {"decoded": 9, "encoded": 9}
    page.toggle(key="why").set_value(True).run()
    no_error(page)
    assert worked["decoded"] == 9, "what is explained was seen before"


def test_the_uploader_lets_go_of_the_files_that_were_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    managers: set[MemoryUploadedFileManager] = set()
    add = MemoryUploadedFileManager.add_file

    def noticed(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        managers.add(manager)
        add(manager, session_id, file)

    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", noticed)
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).set_value(_twenty()).run()
    assert managers and not any(files for manager in managers for files in manager.file_storage.values())
    assert not uploader(page).value
    held = str(page.session_state)
    assert "7.png" in held and "8.png" not in held and "UploadedFile" not in held


def test_photos_are_added_to_those_there_are_and_removed_one_by_one() -> None:
    page = _upload(two_colored(rainbow(12)["104"]), "one.png")
    page.slider(key="crop down").set_range(50, 100).run()
    uploader(page).upload("other.png", two_colored(rainbow(12)["106"])).run()
    no_error(page)
    assert page.selectbox(key="framed").options == ["1. one.png", "2. other.png"]
    assert page.slider(key="crop down").value == (50, 100)
    page.button(key="remove photo 0").click().run()
    assert _results(page)[0] == "106"
    page.button(key="remove photo 0").click().run()
    no_error(page)
    assert not _results(page)
