"""Search in words where the encoder reads none: products by the TF-IDF of their names and labels."""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import NAME_ATTRIBUTE, Catalog
from prodsim.errors import QueryError
from prodsim.index import Top

NOT_FOUND = "No name and no label has any of these words"

_SINGLE_LETTER = re.compile(r"\b(\w)-(?=\w)")
"""The beginning of "t-shirt" and "v-neck"."""
_WORD = re.compile(r"[\u3040-\u9fff]|[^\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u9fff]+")
"""Chinese and Japanese are written without blanks: each character for itself. Else what blanks and marks enclose."""
_PLURAL = re.compile(r"(?:(?<=ss)|(?<=[cs]h)|(?<=x))es$|(?<=..[^sui])s$")
_LITTLE = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"))
"""Rare in names, and so heavy in a question: "shoes for men" would find shirts made "For Her"."""


def split(text: str) -> list[str]:
    """The words of a text as they are compared: "Dresses for T-Shirts" -> ["dress", "tshirt"]."""
    plain = _SINGLE_LETTER.sub(r"\1", unicodedata.normalize("NFKC", text).casefold())
    return [_PLURAL.sub("", word) for word in _WORD.findall(plain) if word not in _LITTLE]


class WordIndex:
    """The words of every product, from its name and all its attributes, which are labels such as type and color.

    A word that is in a product `count` times, and in `df` of n, weighs (1 + ln count) * (1 + ln((1 + n) / (1 + df)));
    a product's weights are scaled to length one. So the similarity to a question is a cosine, 0 for no word in common.
    """

    def __init__(self, catalog: Catalog) -> None:
        """A second for 40,000 products. QueryError if no name and no label has a word."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # a second, which only who searches so pays for

        labels = catalog.table.drop(columns=NAME_ATTRIBUTE, errors="ignore").fillna("")
        texts = [" ".join(row) for row in zip(catalog.names, *(labels[name] for name in labels), strict=True)]
        if not any(map(split, texts)):
            raise QueryError(
                f"The names in the catalog {catalog.name} have no words. Search with a product or a photo."
            )
        self._vectorizer = TfidfVectorizer(analyzer=split, sublinear_tf=True, dtype=np.float32)
        self._matrix = self._vectorizer.fit_transform(texts)

    def search(self, words: str, rows: NDArray[np.intp], k: int) -> Top:
        """The k products that fit the words best, among these rows of the catalog, ascending, (m,)."""
        similarities = (self._matrix @ self._vectorizer.transform([words]).T).toarray()[:, 0]
        return Top.of(similarities[rows], rows, rows, k)
