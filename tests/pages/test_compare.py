"""Compare: the same query, searched in several ways."""

from streamlit.testing.v1 import AppTest

from tests.pages.running import no_error, rainbow, run, two_colored, uploader

COMPARE = "pages/compare.py"


def marks(page: AppTest) -> list[str]:
    return [caption.value for caption in page.caption if caption.value.startswith("**")]


def test_a_query_gets_a_row_of_five_for_each_way_with_its_time() -> None:
    page = run(COMPARE, product="103")
    page.pills(key="ways").set_value(["Pixels", "Pixels, raw kernel"]).run()
    no_error(page)
    assert [row.value for row in page.subheader if row.value.startswith("Pixels")] == ["Pixels", "Pixels, raw kernel"]
    assert len(marks(page)) == 10
    assert sum(caption.value.endswith(" ms") for caption in page.caption) == 2


def test_what_others_found_as_well_is_marked_and_counted() -> None:
    page = run(COMPARE, product="103")
    page.pills(key="ways").set_value(["Pixels", "Pixels, raw kernel"]).run()
    agreed = sum("also in Pixels" in mark for mark in marks(page))
    (line,) = [line.value for line in page.markdown if " share " in line.value]
    assert line == f"- **Pixels** and **Pixels, raw kernel** share {agreed // 2} of 5."


def test_no_score_of_any_encoder_is_shown() -> None:
    page = run(COMPARE, product="103")
    shown = [each.value for kind in (page.markdown, page.caption, page.text) for each in kind]
    assert not any("similarity" in text or "score" in text for text in shown)


def test_an_uploaded_photo_is_compared_too() -> None:
    page = run(COMPARE)
    page.segmented_control(key="way").set_value("Photo").run()
    page.pills(key="ways").set_value(["Pixels"]).run()
    uploader(page).upload("photo.png", two_colored(rainbow(12)["105"])).run()
    no_error(page)
    assert len(marks(page)) == 5 and all("only here" in mark for mark in marks(page))
    page.pills(key="ways").set_value(["Pixels", "Pixels, raw kernel"]).run()
    captions = [image.caption for element in page.get("image") for image in element.proto.imgs if image.caption]
    assert captions == ["What Pixels sees: 15 x 20 pixels"]


def test_with_no_way_chosen_the_page_asks_for_one() -> None:
    page = run(COMPARE, product="103")
    page.pills(key="ways").set_value([]).run()
    no_error(page)
    assert page.info[0].value == "Choose at least one way to search."
