"""Photos pasted or dropped anywhere on a small page with an uploader, and what becomes of anything else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from prodsim.ui.anywhere import HINT
from tests.browser.serving import serve
from tests.browser.visiting import GROUNDS
from tests.samples import encoded, noise

SCRIPT = """
import streamlit as st
from prodsim.ui import anywhere

def count():
    st.session_state["times"] = st.session_state.get("times", 0) + 1

def open_popover():
    st.session_state["ask"] = True

def upload(key):
    files = st.file_uploader(key, key=key, accept_multiple_files=True, max_upload_size=20, on_change=count)
    st.text(f"{key}: {', '.join(file.name for file in files)}; {st.session_state.get('times', 0)} times")

st.title("A page")
st.text("above")
listens = st.query_params.get("listens") != "no"
key = "another photo" if st.query_params.get("key") else "the photo"
if listens and st.session_state.get("goes on", True):
    anywhere.files_go_to(key, on_missing=open_popover if "popover" in st.query_params else None)
st.text("below")
if "popover" in st.query_params:
    with st.popover("Ask", key="ask", on_change="rerun"):
        upload(key)
else:
    upload(key)
st.checkbox("Another uploader", key="key", bind="query-params")
st.checkbox("It listens", value=True, key="goes on")
st.text_input("Words", key="words")
st.button("Again")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"run {st.session_state['runs']}")
"""

PASTE = """([at, files, text]) => {
    const clipboardData = new DataTransfer()
    for (const [name, size] of files)
        clipboardData.items.add(new File([new Uint8Array(size)], name, { type: "image/png" }))
    if (text) clipboardData.setData("text/plain", text)
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    document.querySelector(at).dispatchEvent(event)
    return event.defaultPrevented
}"""
COPY_PICTURE = """async (bytes) => {
    const picture = new Blob([new Uint8Array(bytes)], { type: "image/png" })
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })])
}"""


RUN = re.compile(r"^run \d+$")
UPLOADER = "section[aria-label='the photo']"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("anywhere")
    (folder / "page.py").write_text(SCRIPT, encoding="utf-8")
    with serve(folder, folder / "page.py") as address:
        yield address


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("button", name="Again")).to_be_visible()
    page.locator(".prodsim-drop-hint").wait_for(state="attached")
    return page


def paste(page: Page, *files: tuple[str, int], text: str = "", at: str = "body") -> bool:
    """Whether the page took what was pasted."""
    taken: bool = page.evaluate(PASTE, [at, files, text])
    return taken


def again(page: Page) -> None:
    """Run the script once more. Streamlit loses files that are given between the click and the start of the run."""
    run = int(page.get_by_text(RUN).inner_text().removeprefix("run "))
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_text(f"run {run + 1}", exact=True)).to_be_visible()


def drag(page: Page, happens: str, onto: str, *files: Path) -> None:
    """What the browser does while files are dragged from the visitor's desk."""
    box = page.locator(onto).bounding_box()
    assert box
    page.context.new_cdp_session(page).send(
        "Input.dispatchDragEvent",
        {
            "type": happens,
            "x": box["x"] + box["width"] / 2,
            "y": box["y"] + box["height"] / 2,
            "data": {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1},
        },
    )


def hold(page: Page, onto: str, file: Path, *, hint: bool) -> None:
    """Hold a dragged file there, of which the browser goes on telling, until the page shows its hint or does not."""
    for _ in range(20):
        drag(page, "dragOver", onto, file)
        if page.get_by_text(HINT).is_visible() == hint:
            return
    pytest.fail(f"The hint is {'not' if hint else 'still'} there.")


def test_pictures_pasted_with_the_focus_nowhere_arrive_at_once_and_each_paste_once(page: Page, address: str) -> None:
    visit(page, address)
    assert paste(page, ("one.png", 10))
    expect(page.get_by_text("the photo: one.png; 1 times")).to_be_visible()
    again(page)
    again(page)
    assert paste(page, ("two.png", 10), ("three.png", 10))
    expect(page.get_by_text("the photo: one.png, two.png, three.png; 2 times")).to_be_visible()


def test_a_picture_that_was_copied_is_pasted_by_the_keyboard(page: Page, address: str) -> None:
    visit(page, address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY_PICTURE, list(encoded(noise((6, 8), 1))))
    page.keyboard.press("ControlOrMeta+v")
    expect(page.get_by_text("the photo: image.png; 1 times")).to_be_visible()


def test_21_megabytes_are_refused_in_the_words_of_the_uploader(page: Page, address: str) -> None:
    visit(page, address)
    assert paste(page, ("large.png", 21_000_000))
    expect(page.get_by_text("File must be 20.0MB or smaller.")).to_be_visible()
    again(page)
    expect(page.get_by_text("the photo: ; 0 times")).to_be_visible()


def test_text_that_is_pasted_into_a_text_field_stays_text(page: Page, address: str) -> None:
    visit(page, address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('red dress')")
    words = page.get_by_label("Words")
    words.click()
    page.keyboard.press("ControlOrMeta+v")
    expect(words).to_have_value("red dress")
    assert not paste(page, ("a cell of a table.png", 10), text="red dress", at="input[type=text]")
    assert not paste(page, text="red dress")
    assert paste(page, ("one.png", 10), at="input[type=text]")
    expect(page.get_by_text("the photo: one.png; 1 times")).to_be_visible()


def test_files_dropped_anywhere_arrive_those_of_a_folder_as_well(page: Page, address: str, tmp_path: Path) -> None:
    visit(page, address)
    one, folder = tmp_path / "one.png", tmp_path / "folder"
    folder.mkdir()
    for file in (one, folder / "two.png"):
        file.write_bytes(b"picture")
    drag(page, "dragEnter", "h1", one)
    hold(page, "h1", one, hint=True)
    hold(page, UPLOADER, one, hint=False)
    hold(page, "h1", one, hint=True)
    expect(page.get_by_text(HINT)).to_be_hidden()  # it was dragged out of the window: nothing more is heard of it
    drag(page, "dragOver", "h1", one)
    drag(page, "drop", "h1", one)
    expect(page.get_by_text("the photo: one.png; 1 times")).to_be_visible()
    drag(page, "dragEnter", "h1", folder)
    drag(page, "dragOver", "h1", folder)
    drag(page, "drop", "h1", folder)
    expect(page.get_by_text("the photo: one.png, two.png; 2 times")).to_be_visible()


def test_files_dropped_on_the_uploader_itself_arrive_once(page: Page, address: str, tmp_path: Path) -> None:
    visit(page, address)
    file = tmp_path / "one.png"
    file.write_bytes(b"picture")
    for happens in ("dragEnter", "dragOver", "drop"):
        drag(page, happens, UPLOADER, file)
    expect(page.get_by_text("the photo: one.png; 1 times")).to_be_visible()


def test_files_go_to_another_uploader_once_and_nowhere_when_nobody_listens(page: Page, address: str) -> None:
    visit(page, address)
    page.get_by_text("Another uploader").click()
    expect(page.get_by_text("another photo: ; 0 times")).to_be_visible()
    again(page)
    assert paste(page, ("one.png", 10))
    expect(page.get_by_text("another photo: one.png; 1 times")).to_be_visible()
    page.get_by_text("It listens").click()
    page.locator(".prodsim-drop-hint").wait_for(state="detached")
    assert not paste(page, ("two.png", 10))


def test_files_wait_for_an_uploader_that_the_page_draws_when_it_is_asked(page: Page, address: str) -> None:
    visit(page, f"{address}?popover=yes")
    expect(page.locator("input[type=file]")).to_have_count(0)
    assert paste(page, ("one.png", 10))
    expect(page.get_by_text("the photo: one.png; 1 times")).to_be_visible()


def test_it_takes_no_place_and_the_hint_has_the_colors_of_the_theme(page: Page, address: str) -> None:
    page.goto(f"{address}?listens=no")
    expect(page.get_by_role("button", name="Again")).to_be_visible()
    places = [page.get_by_text("below", exact=True).bounding_box()]
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit(page, address)
        places.append(page.get_by_text("below", exact=True).bounding_box())
        hint = page.get_by_text(HINT)
        hint.evaluate("hint => { hint.style.color = 'var(--st-background-color)' }")
        assert hint.evaluate("hint => getComputedStyle(hint).color") == ground
    assert places[0] == places[1] == places[2]
