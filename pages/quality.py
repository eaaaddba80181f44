"""Quality: how good the results are by the catalog's own labels, at what speed, and where they are wrong."""

from typing import get_args

import streamlit as st

from prodsim.ui import launch

launch.imported()
from prodsim.catalog import in_words
from prodsim.encoders import Available
from prodsim.evaluation import EvaluatedScoring, best_and_worst, failures, relevances
from prodsim.index import KERNELS
from prodsim.ui import failing, frame, measuring, resources
from prodsim.ui.device import is_phone
from prodsim.ui.indexing import open_engine
from prodsim.ui.measuring import K
from prodsim.ui.places import QUALITY
from prodsim.ui.tables import of_classes, of_encoders, widths
from prodsim.ui.text import literal, plain
from prodsim.ui.tradeoff import Point, tradeoff

TABLE = 404  # pixels, kept free before it is there
EVALUATED = {name: kernel.title for name, kernel in KERNELS.items()} | {"pca": "Centered, 64 components"}

with frame.page(QUALITY) as catalog:
    st.title("Quality", anchor=False)
    settings = resources.settings()
    ways = relevances(catalog)
    st.markdown(
        f"Each product is asked for its {K} nearest others. Those with the same label count as right, the rest as "
        "wrong. Labels have errors, and two shirts of one color may look nothing alike, so no encoder reaches 1."
    )
    choices = st.container(height=152 if is_phone() else 72, border=False).grid(2, min_column_width=260)
    relevance = choices.selectbox(
        "What makes a result right",
        ways,
        format_func=lambda names: "the same " + " and ".join(plain(in_words(name).lower()) for name in names),
        key="right",
    )
    scoring = choices.selectbox(
        "Scoring", get_args(EvaluatedScoring), format_func=EVALUATED.__getitem__, key="judged by"
    )
    rows = measuring.rows(catalog, scoring, settings)
    measured = {row.encoder.spec.name: row for row in rows if row.quality(relevance)}

    st.header("Encoders", anchor=False)
    table = of_encoders(rows, relevance)
    with st.container(height=TABLE, border=False):
        st.dataframe(table, hide_index=True, column_config=widths(table))
    at_hand = {row.encoder.spec.name: row.encoder for row in rows if isinstance(row.encoder, Available)}
    names = sorted(at_hand, key=lambda name: name in measured)
    chosen = st.selectbox(
        "Encoder to measure", names, format_func=lambda name: at_hand[name].spec.title, key="encoder to measure"
    )
    measuring.measure_button(catalog, at_hand[chosen], scoring, settings)

    points = [
        Point(row.encoder.spec.title, row.speed, quality.measures["precision"])
        for row in measured.values()
        if row.speed and (quality := row.quality(relevance))
    ]
    if points:
        st.header("Quality against speed", anchor=False)
        st.plotly_chart(tradeoff(points), key="tradeoff", config={"displayModeBar": False})
        st.caption("Up is better, right is faster. The lines are 95 % intervals, the dotted one is random order.")

    if measured:
        st.header("Where it is right, and where not", anchor=False)
        name = st.selectbox(
            "Of encoder", list(measured), format_func=lambda name: at_hand[name].spec.title, key="looked into"
        )
        quality = measured[name].quality(relevance)
        assert quality is not None  # it is measured
        best, worst = best_and_worst(quality)
        tables = st.grid(2, min_column_width=320, gap="medium")
        for title, some in (("Best classes" if worst else "Classes", best), ("Worst classes", worst)):
            if some:
                with tables.cell():
                    st.subheader(title, anchor=False)
                    table = of_classes(some)
                    st.dataframe(table, hide_index=True, column_config=widths(table))
        every = sorted(quality.classes, key=lambda one: one.measures["precision"].mean)
        labels = st.selectbox(
            "Look at the failures of",
            list(dict.fromkeys(one.labels for one in (*worst, *every))),
            format_func=lambda labels: ", ".join(map(plain, labels)),
            key="failing class",
        )
        indexed = open_engine(catalog, at_hand[name], settings).indexed
        assert indexed is not None  # it was opened by an encoder
        found = failures(indexed, relevance, labels, scoring=scoring, k=K)
        failing.show(catalog, found, relevance)
        if not found:
            st.success(f"Not one result of {literal(', '.join(labels))} is wrong.")
