"""The server, and Search, which it starts with: one query, its results, why they are results, compared, step by step.

The server imports this file for `app`, and every visitor's session runs it. Only the session draws the page, and only
it imports what the page needs.
"""

import streamlit as st

from prodsim.api import middleware, routes
from prodsim.ui import door, launch

BASE = st.get_option("server.baseUrlPath")
app = st.App(
    __file__,
    routes=routes(BASE),
    middleware=middleware(
        BASE,
        scripts=door.scripts(),
        answers_to=door.answers_to,
        stranger=door.stranger,
        sign_in=door.sign_in,
        takes=door.takes,
        uploads=door.uploads,
    ),
    lifespan=launch.start,
)

if __name__ == "__main__":
    launch.imported()
    from prodsim.ui import ask, frame, start, tabs, visit
    from prodsim.ui.places import SEARCH
    from prodsim.ui.subject import Subject
    from prodsim.ui.text import literal

    with frame.page(SEARCH) as catalog:
        asked = visit.now().asked
        subject = Subject.of(asked, catalog)
        with frame.shape("query" if subject.name else "start", ("start", "query")):
            if not subject.name:
                st.title("What looks like this?", anchor=False)
            ask.draw(catalog)
            for problem in subject.problems:
                st.error(literal(problem))
            if subject.name:
                tabs.draw(catalog, subject)
            else:
                if asked.photo and not subject.problems:
                    ask.again()
                start.draw(catalog)
        ask.anywhere_else()
