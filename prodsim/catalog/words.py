"""Words as they are compared, and how well some of them fit each product by its name and its labels."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.values import Values
from prodsim.errors import QueryError

LONGEST_WORDS = 200
"""Characters of a query in words: each word costs some milliseconds, and an address of more is not taken everywhere."""

_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b")
_SINGLE_LETTER = re.compile(r"\b(?:(\w)-(?=\w)|(t) (?=shirt))")
"""The beginning of "t-shirt", which some write with a blank, and of "v-neck"."""
_WORD = re.compile(r"[\u3040-\u9fff]|[^\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u9fff]+")
"""Chinese and Japanese are written without blanks: each character for itself. Else what blanks and marks enclose."""
_PLURAL = re.compile(r"(?:(?<=ss)|(?<=[cs]h)|(?<=x))es$|(?<=..[^sui])s$")
_LITTLE = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"))
"""Rare in names, and so heavy in a question: "shoes for men" would find shirts made "For Her"."""

LABEL = 4
"""What a label counts, where a name counts 1. With it a color and a type find products of both (`benchmarks/words.py`),
although names say such words of brands and of other things as well.
"""


def bounded(text: str) -> str:
    """The same text. QueryError if it is longer than LONGEST_WORDS."""
    if len(text) > LONGEST_WORDS:
        raise QueryError(f"The words have {len(text):,} characters, and a search takes {LONGEST_WORDS}. Use fewer.")
    return text


def spelled(text: str) -> str:
    """A text letter for letter, in whatever case and width, and without blanks around it."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def split(text: str) -> list[str]:
    """The words of a text as they are compared: "Women's Dresses for T-Shirts" -> ["women", "dress", "tshirt"]."""
    plain = _SINGLE_LETTER.sub(r"\1\2", _POSSESSIVE.sub("", spelled(text)))
    return [_PLURAL.sub("", word) for word in _WORD.findall(plain) if word not in _LITTLE]


class Words:
    """The words of every product by field: those of its name, and of each of its labels, such as type and color.

    A product that has c of the n different words of a text has a similarity of (c - 1 + q) / n to it, 0 for none: the
    more words, the better. Among products of equally many q, between 0 and 1, decides: the mean over the n words of
    f / (1 + f), weighed by ln(1 + (N - d + 0.5) / (d + 0.5)), where d of N products have the word. This is BM25F
    (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, 2004). Here f is a sum over the
    fields that have the word, of the share of the field's different words that the text has, LABEL times for a label.
    So "red" counts 4 in the color Red, 2 in Dark Red, and 1/4 in the name "Red Rose Pink Nightdress". A name that has
    the whole text, if it is several words, as a phrase counts 1 more.
    """

    def __init__(self, names: Sequence[str], labels: Iterable[Values]) -> None:
        """`names`: one a product; `labels`: of each attribute. Half a second for 40,000."""
        codes, texts = pd.factorize(np.array(names, dtype=object))
        self._names = _Field(Values(tuple(texts), codes, np.arange(len(names)), len(names)))
        self._labels = [*map(_Field, labels)]
        self._products = len(names)

    def __bool__(self) -> bool:
        """Whether there is any word."""
        return any(field.having for field in (self._names, *self._labels))

    def similarities(self, text: str) -> NDArray[np.float32]:
        """Of every product to the text, float32 (products,)."""
        words = split(text)
        asked = [*dict.fromkeys(words)]
        fields = [(self._names, self._names.shares(asked) + self._names.phrases(words))]
        fields += [(field, LABEL * field.shares(asked)) for field in self._labels]
        count, fit, whole = np.zeros(self._products), np.zeros(self._products), 0.0
        for word in asked:
            frequency = np.zeros(self._products)
            for field, worth in fields:
                if word in field.having:
                    frequency += field.by_product(word, worth)
            having = np.count_nonzero(frequency)
            weight = math.log1p((self._products - having + 0.5) / (having + 0.5))
            count += frequency > 0
            fit += weight * frequency / (1 + frequency)
            whole += weight
        found = count > 0
        similarities = np.zeros(self._products, dtype=np.float32)
        similarities[found] = (count[found] - 1 + fit[found] / whole) / len(asked)
        return similarities


class _Field:
    """What products have in one place: a name, or a label, of which there may be several."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.texts: list[str] = []
        having = defaultdict(list)
        sizes = []
        for place, value in enumerate(values.texts):
            words = split(value)
            self.texts.append(f" {' '.join(words)} ")
            sizes.append(len({*words}) or 1)
            for word in {*words}:
                having[word].append(place)
        self.having = {word: np.array(places) for word, places in having.items()}
        self.sizes = np.array(sizes)

    def shares(self, words: list[str]) -> NDArray[np.float64]:
        """How large a share of each value's different words is among these."""
        count = np.zeros(len(self.sizes))
        for word in self.having.keys() & words:
            count[self.having[word]] += 1
        shares: NDArray[np.float64] = count / self.sizes
        return shares

    def phrases(self, words: list[str]) -> NDArray[np.float64]:
        """1 for each value that has these words, if they are several, one after the other, else 0."""
        phrases = np.zeros(len(self.sizes))
        if len({*words}) > 1 and self.having.keys() >= {*words}:
            phrase = f" {' '.join(words)} "
            rarest = min((self.having[word] for word in words), key=len)
            phrases[[place for place in rarest if phrase in self.texts[place]]] = 1
        return phrases

    def by_product(self, word: str, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """By product, what its values are worth that have the word."""
        worths = np.zeros(len(worth))
        worths[self.having[word]] = worth[self.having[word]]
        by_product = np.zeros(self.values.products)
        if self.values.single:
            by_product[self.values.owners] = worths[self.values.codes]
        else:
            np.add.at(by_product, self.values.owners, worths[self.values.codes])
        return by_product
