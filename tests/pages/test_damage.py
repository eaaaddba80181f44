"""What is damaged on disk, or cannot be written: it is said, and the search goes on."""

from pathlib import Path

import pytest
import streamlit as st
from PIL import Image

from prodsim.config import load_settings
from prodsim.errors import ImageError
from prodsim.images import open_fitted
from tests.pages.box import chosen
from tests.pages.running import no_error
from tests.pages.searching import found, has_results, search
from tests.samples import DAMAGED


def test_a_damaged_catalog_picture_is_left_out_and_reported(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = search(product="103")
    no_error(page)
    assert "104" not in found(page) and len(found(page)) == 5
    (left_out,) = [expander for expander in page.expander if "left out: 1" in expander.label]
    assert list(left_out.dataframe[0].value["product_id"]) == ["104"]


def test_a_query_whose_picture_is_damaged_is_answered_with_a_sentence_and_has_a_way_back(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = chosen(search(product="103"), "104")
    assert not page.exception
    assert "has no embedding" in page.error[0].value
    assert not has_results(page) or not found(page)
    page.button(key="back").click().run()
    no_error(page)
    assert page.query_params["product"] == "103" and len(found(page)) == 5


def test_pictures_that_could_not_be_used_are_tried_again_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(data: bytes, name: str, *sees: object) -> Image.Image:
        if name == "104.png":
            raise ImageError("104.png is damaged.")
        return open_fitted(data, name, *sees)

    with monkeypatch.context() as patch:
        patch.setattr("prodsim.index.build.open_fitted", torn)
        page = search(product="103")
    assert "104" not in found(page)
    page.button(key="try pictures again").click().run()
    no_error(page)
    assert "104" in found(page)
    assert not any("left out" in expander.label for expander in page.expander)


def test_a_damaged_store_is_said_to_be_set_aside_and_the_search_goes_on() -> None:
    before = found(search(product="103"))
    (part,) = (load_settings().cache_dir / "stores").glob("*/*.arrow")
    data = bytearray(part.read_bytes())
    data[-9] ^= 1
    part.write_bytes(data)
    st.cache_resource.clear()
    page = search(product="103")
    no_error(page)
    assert found(page) == before
    assert any("set aside" in info.value for info in page.info)
    assert not page.run().info, "it is said once"


def test_an_unwritable_cache_is_said_and_the_search_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "file" / "cache"))
    page = search(product="103")
    no_error(page)
    assert len(found(page)) == 5
    assert r"Set PRODSIM\_CACHE\_DIR" in page.info[0].value
