"""Home: what is in the catalog, and the way to its look-alikes."""

import streamlit as st

from prodsim.ui import frame, state, statistics
from prodsim.ui.text import literal

with frame.page("What looks like this?") as catalog:
    st.markdown(
        f"The catalog **{literal(catalog.name)}** holds {len(catalog):,} products. "
        "Pick one, or upload a photo, and see the products that look most like it."
    )
    st.page_link(
        "pages/similar.py", label="**Find look-alikes**", icon=":material/image_search:", query_params=state.link()
    )
    statistics.line(catalog)
    st.header("Statistics", anchor=False)
    statistics.draw(catalog)
