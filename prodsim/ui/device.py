"""What a visitor looks at the pages with."""

import streamlit as st


def is_phone() -> bool:
    """Whether it says that it is a phone; so heights can be kept free that hang on how much is in a row."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
