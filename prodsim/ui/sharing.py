"""What was found, to keep or to send: as a report, as a table, as a document. Made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from prodsim.config import Settings
from prodsim.evaluation import judgments_table
from prodsim.export import neighbors_table, report, search_document, to_csv
from prodsim.search import PhotosQuery, SearchResult
from prodsim.storage import to_json
from prodsim.ui import judging, resources


def section(result: SearchResult) -> None:
    """The files of a search that found something, and the judgments, to download. Nothing is written to disk."""
    judged, settings = judging.kept(), resources.settings()

    with st.popover("Share", icon=":material/share:"):
        st.caption(
            "The report is one file with pictures, numbers and what they mean. It opens without a network and prints "
            f"well. {_private(result)}"
        )
        with st.container(horizontal=True, gap="small"):
            _file("Report", lambda: report(result, result.digest(settings)), "look-alikes.html", "text/html")
            _file("CSV", lambda: to_csv(neighbors_table(result)), "look-alikes.csv", "text/csv")
            _file("JSON", lambda: _json(result, settings), "look-alikes.json", "application/json")
            if judged:
                _file("Judgments as CSV", lambda: to_csv(judgments_table(judged)), "judgments.csv", "text/csv")
        if judged:
            st.caption(
                f"The judgments are your marks of this visit on results of products, {len(judged):,} so far. "
                "`python -m prodsim evaluate --judgments judgments.csv` measures with them."
            )


def _json(result: SearchResult, settings: Settings) -> str:
    return to_json(search_document(result, result.digest(settings)))


def _private(result: SearchResult) -> str:
    """What becomes of a photo, or where else the same search is found."""
    if isinstance(result.request.query, PhotosQuery):
        return (
            "An address holds no photo, so send the report: your photo is in it, as it is cropped, and in no other "
            "place. It is not stored here."
        )
    return "The address of this page shows the same search again."


def _file(title: str, make: Callable[[], bytes | str], name: str, mime: str) -> None:
    st.download_button(title, make, name, mime, key=f"share {name}", on_click="ignore", icon=":material/download:")
