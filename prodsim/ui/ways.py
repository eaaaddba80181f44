"""The ways to give the query, as they are called on the page."""

WAY = "way"
"""The session's key for the way that is chosen."""
SET_ASIDE = "words set aside"
"""The session's key for whether words wait, on a page that cannot search with them, for one that can."""

FROM_CATALOG, UPLOAD, CAMERA, IN_WORDS = "Product", "Photo", "Camera", "Words"

PICTURES = (FROM_CATALOG, UPLOAD, CAMERA)
"""Those that give a picture."""
