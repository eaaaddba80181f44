"""A page with the box to ask with, which counts how often it is drawn and says what it was asked; run by Streamlit."""

import time

import streamlit as st

from prodsim.ui import box
from tests.samples import picture

COLORS = ("navy", "crimson", "olive", "teal", "orange", "gray", "pink")
HOSTILE = "<b>Nike</b> & [a](b) $x$ :red[y] \u202eback"


def find(text: str) -> list[box.Offer]:
    """Products that say for which draft they were found, which sometimes takes its time."""
    time.sleep(2 * text.endswith("slow"))
    if text == "none":
        return []
    if text == "hostile":
        return [box.Offer("<i>1</i>", HOSTILE, None)]
    return [
        box.Offer(f"{text}-{place}", f"Fits {text} " + "long " * 30, picture(color, (96, 128), "JPEG"))
        for place, color in enumerate(COLORS)
    ]


def search(words: str) -> None:
    st.session_state.update(words=words.upper(), said=[*st.session_state.said, f"searched {words}"])


def choose(product_id: str) -> None:
    st.session_state.update(words="", said=[*st.session_state.said, f"chose {product_id}"])


def page() -> None:
    for name, value in {"drawn": 0, "words": "", "said": []}.items():
        st.session_state.setdefault(name, value)
    st.session_state.drawn += 1
    st.title("A page")
    if st.session_state.words == "LATE":
        time.sleep(2)
    box.ask(st.session_state.words, find, search, choose, longest=40)
    st.text("; ".join(st.session_state.said) or "nothing yet")
    if st.session_state.words == "LONG":
        time.sleep(20)
    st.text(f"drawn {st.session_state.drawn} times")
    st.button("From outside", key="outside", on_click=lambda: st.session_state.update(words="from outside"))
    for line in range(30):
        st.text(f"line {line}")


if __name__ == "__main__":
    page()
