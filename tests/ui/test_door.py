"""What the server's middleware learns of Streamlit."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from prodsim.ui import door


def test_no_visitor_clears_what_is_kept_for_all() -> None:
    assert not door.takes(BackMsg(clear_cache=True).SerializeToString())


@pytest.mark.parametrize("name", ["load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_nor_tells_a_session_what_is_for_developing(name: str) -> None:
    assert not door.takes(BackMsg(**{name: True}).SerializeToString())


def test_nor_asks_for_an_address_for_more_files_than_anybody_gives() -> None:
    files = BackMsg()
    files.file_urls_request.file_names.extend([""] * door.MOST_FILES)
    assert door.takes(files.SerializeToString())
    files.file_urls_request.file_names.append("")
    assert not door.takes(files.SerializeToString())


def test_nor_has_the_server_write_files_for_it() -> None:
    for name, taken in (("install_skills", False), ("dismiss_skills_nudge", False), ("dataframe_chunk", True)):
        asked = BackMsg()
        getattr(asked.backend_operation_request, name).SetInParent()
        assert door.takes(asked.SerializeToString()) is taken


def test_what_pages_tell_is_taken() -> None:
    run, files = BackMsg(), BackMsg()
    run.rerun_script.query_string = "product=1"
    files.file_urls_request.request_id = "1"
    for message in (run, files, BackMsg(stop_script=True), BackMsg(app_heartbeat=True)):
        assert door.takes(message.SerializeToString())


def test_every_script_of_streamlits_page_may_run() -> None:
    assert door.scripts() and all(source.startswith("'sha256-") for source in door.scripts())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Streamlit's own, which keeps no session that was left."""
    monkeypatch.setattr(Runtime, "_instance", None)
    monkeypatch.setattr(config, "get_option", {"server.disconnectedSessionTTL": 0}.get)
    return st.App(__file__)._create_runtime()


def test_who_left_long_ago_is_forgotten_though_nobody_else_comes(server: Any) -> None:
    storage = server._session_mgr._session_storage
    assert not door.forget_left_sessions()
    storage.save(SimpleNamespace(session=SimpleNamespace(id="a visitor")))
    assert door.forget_left_sessions()
    assert not door.forget_left_sessions()


def test_so_is_a_file_that_came_in_when_its_session_was_gone(server: Any) -> None:
    server.uploaded_file_mgr.add_file("gone", UploadedFileRec("1", "photo.jpg", "image/jpeg", b"photo"))
    assert door.uploads._held() == {"gone": 5}
    assert door.forget_left_sessions()
    assert not door.uploads._held()
