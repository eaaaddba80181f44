"""What the server's middleware learns of Streamlit."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime

from prodsim.ui import door


def test_no_visitor_clears_what_is_kept_for_all() -> None:
    assert not door.takes(BackMsg(clear_cache=True).SerializeToString())


@pytest.mark.parametrize("name", ["load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_nor_tells_a_session_what_is_for_developing(name: str) -> None:
    assert not door.takes(BackMsg(**{name: True}).SerializeToString())


def test_what_pages_tell_is_taken() -> None:
    run, files = BackMsg(), BackMsg()
    run.rerun_script.query_string = "product=1"
    files.file_urls_request.request_id = "1"
    for message in (run, files, BackMsg(stop_script=True), BackMsg(app_heartbeat=True)):
        assert door.takes(message.SerializeToString())


def test_every_script_of_streamlits_page_may_run() -> None:
    assert door.scripts() and all(source.startswith("'sha256-") for source in door.scripts())


def test_who_left_long_ago_is_forgotten_though_nobody_else_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "_instance", None)
    monkeypatch.setattr(config, "get_option", {"server.disconnectedSessionTTL": 0}.get)
    server = cast(Any, st.App(__file__)._create_runtime())
    storage = server._session_mgr._session_storage
    assert not door.forget_left_sessions()
    storage.save(SimpleNamespace(session=SimpleNamespace(id="a visitor")))
    assert door.forget_left_sessions()
    assert not door.forget_left_sessions()
