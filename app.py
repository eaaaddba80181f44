"""The server, and the page that it starts with: what is in the catalog, and the way to its look-alikes.

The server imports this file for `app`, and every visitor's session runs it. Only the session draws the page, and only
it imports what the page needs.
"""

import streamlit as st

from prodsim.api import routes
from prodsim.ui.launch import opens_browser

app = st.App(__file__, routes=routes(st.get_option("server.baseUrlPath")), lifespan=opens_browser)

if __name__ == "__main__":
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
