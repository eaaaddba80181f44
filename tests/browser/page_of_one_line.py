"""A page of the line about the model and little else, run by `test_model_line.py`: it says how often it was run."""

import os
from dataclasses import replace

import streamlit as st

from prodsim.encoders import REGISTRY
from prodsim.ui import model_line, models, resources

spec = REGISTRY["vgg16"]
assert spec.weights is not None
size = int(os.environ["SIZE"])
weights = replace(spec.weights, url=os.environ["URL"], digest=os.environ["DIGEST"], size=size)
REGISTRY["vgg16"] = replace(spec, weights=weights)

settings = resources.settings()
st.session_state.setdefault("encoder", models.beginning(settings))
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
shown = models.at_hand(st.session_state["encoder"], settings).spec
model_line.line(shown, settings, lambda name: st.session_state.update(encoder=name))
st.text(f"Run {st.session_state['runs']}, by {shown.title}")
models.fetch_missing(settings)
