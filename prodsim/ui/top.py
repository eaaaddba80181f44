"""The top of the page: it comes into view when something else is asked. A result that is followed may lie far below."""

import streamlit as st

_KEY = "top"

_come_back_to = st.components.v2.component(
    "come_back_to_top",
    css=f".st-key-{_KEY} {{ position: absolute; width: 0 }}",  # as `anywhere.css`: it has no place in the page
    js="""
        let before // the browser loads this once, and keeps it from place to place
        export default ({ data, parentElement }) => {
            const page = parentElement.closest("[data-testid=stMain]")
            if (before !== data.asked) page?.scrollTo({ top: 0 })
            before = data.asked
        }""",
    isolate_styles=False,
)


def come_back(asked: str) -> None:
    """Bring it into view if the browser was last told of something else that is asked, or of nothing."""
    _come_back_to(key=_KEY, data={"asked": asked}, height=1)  # until it is there, Streamlit keeps that free, or 40
