"""What was found, to keep or to send: as a report, as a table, as a document. Made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from prodsim.catalog import Catalog, Filters
from prodsim.evaluation import judgments_table
from prodsim.export import neighbors_table, photo_figures, report, to_csv
from prodsim.storage import to_json
from prodsim.ui import judging
from prodsim.ui.query import Query
from prodsim.ui.searching import Outcome


def section(catalog: Catalog, asked: Query, outcome: Outcome, narrowed: Filters) -> None:
    """The files of an outcome that found something, and the judgments, to download. Nothing is written to disk."""
    document, found, known, judged = outcome.document, outcome.found, outcome.known, judging.kept()
    assert document is not None, "what is found was asked for"

    def page() -> bytes:
        spec = outcome.encoder.spec if outcome.encoder else None
        photos = [photo_figures(photo.image, photo.framing, spec) for photo in asked.photos if spec]
        return report(document(), catalog, filters=narrowed, photos=photos)

    with st.expander("Share", icon=":material/share:"):
        st.caption(
            "The report is one file with pictures, numbers and what they mean. It opens without a network and prints "
            f"well. {_private(asked)}"
        )
        with st.container(horizontal=True, gap="small"):
            _file("Report", page, "look-alikes.html", "text/html")
            _file(
                "CSV",
                lambda: to_csv(neighbors_table(found, catalog, known, outcome.folds)),
                "look-alikes.csv",
                "text/csv",
            )
            _file("JSON", lambda: to_json(document()), "look-alikes.json", "application/json")
            if judged:
                _file("Judgments as CSV", lambda: to_csv(judgments_table(judged)), "judgments.csv", "text/csv")
        if judged:
            st.caption(
                f"The judgments are your marks of this visit on results of products, {len(judged):,} so far. "
                "`python -m prodsim evaluate --judgments judgments.csv` measures with them."
            )


def _private(asked: Query) -> str:
    """What becomes of a photo, or where else the same search is found."""
    if asked.photos:
        return "Your photo is in the report, as it is cropped, and in no other place: it is not stored here."
    return "The address of this page shows the same search again."


def _file(title: str, make: Callable[[], bytes | str], name: str, mime: str) -> None:
    st.download_button(title, make, name, mime, key=f"share {name}", on_click="ignore", icon=":material/download:")
