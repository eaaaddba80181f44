"""What the server's middleware learns of Streamlit."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

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
