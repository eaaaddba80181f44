"""How likely a text is one of a language.

An encoding is told from others by what it makes of the same bytes: words of a language, or letters that never meet. How
letters follow each other is learned from a few words; of characters beyond alphabets it is known which are frequent.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from math import log

from prodsim.catalog.tables.vocabulary import ASIAN, EUROPEAN, RARES, SYMBOLS, WITHIN

IN_FRONT, BEHIND = "^", "$"
FEW = 10.0
"""Letters seen behind another one count as much as so many that follow by how frequent they are."""
UNSEEN = 0.1
FREQUENT, USUAL, SELDOM = -5.2, -8.5, -12.0
"""Log-likelihood of a character, by its place in the tables of its language."""
SYMBOL, RARE, ASTRAY, STRANGE = -4.5, -7.0, -12.0, -14.0
"""Of signs beside a word, of rarer ones, of those within a word, and of what no text has."""
FOREIGN = -6.0
"""For a letter of another alphabet right beside, but for a capital in front of it: T恤."""
CASE = -6.0
"""For a capital within a word, or a small letter between two capitals."""


@cache
def _followers(language: str) -> tuple[Counter[str], Counter[str]]:
    """How often each pair of letters, and each letter, is in the words of a language."""
    words = [f"{IN_FRONT}{word}{BEHIND}" for word in EUROPEAN[language].lower().split()]
    pairs = Counter(word[at : at + 2] for word in words for at in range(len(word) - 1))
    return pairs, Counter("".join(words))


def european(language: str) -> Callable[[str], float]:
    """The log-likelihood of a word's characters beyond ASCII in a language, and of what stands beside them."""
    pairs, letters = _followers(language)
    total = letters.total()
    latin = letters["a"] > 0

    @cache
    def follows(before: str, letter: str) -> float:
        alone = (letters[letter] + UNSEEN) / total
        return log((pairs[before + letter] + FEW * alone) / (letters[before] + FEW))

    def likelihood(word: str) -> float:
        found = 0.0
        small = word.lower() if len(word.lower()) == len(word) else word
        for at, letter in enumerate(word):
            if letter.isascii():
                continue
            before, behind = word[at - 1] if at else "", word[at + 1 : at + 2]
            if not letter.isalpha() or letter in RARES:
                found += _sign(letter, before, behind)
                continue
            if not latin:
                found += FOREIGN * (_is_latin(before) + _is_latin(behind))
            found += follows(small[at - 1] if before.isalpha() else IN_FRONT, small[at])
            if not behind.isalpha():
                found += follows(small[at], BEHIND)
            elif behind.isascii():
                found += follows(small[at], small[at + 1])
            if (letter.isupper() and before.islower()) or (letter.islower() and before.isupper() and behind.isupper()):
                found += CASE
        return found

    return likelihood


def asian(language: str, encoding: str, usual: Callable[[bytes], bool]) -> Callable[[str], float]:
    """The same of a language with characters of its own. `usual`: of one in `encoding`, whether it is much used."""
    frequent = frozenset("".join(ASIAN[language].split()))

    @cache
    def likelihood_of(character: str) -> float:
        if character in frequent:
            return FREQUENT
        if not character.isalpha():
            return SYMBOL if character in SYMBOLS else STRANGE
        return USUAL if usual(character.encode(encoding, "replace")) else SELDOM

    def likelihood(word: str) -> float:
        found = 0.0
        for at, letter in enumerate(word):
            if not letter.isascii():
                found += likelihood_of(letter)
                found += FOREIGN * (word[at - 1 : at].islower() and _is_latin(word[at - 1]))
                found += FOREIGN * (_is_latin(word[at + 1 : at + 2]))
        return found

    return likelihood


def _sign(sign: str, before: str, behind: str) -> float:
    if sign not in SYMBOLS and sign not in RARES:
        return STRANGE
    if before.isalpha() and behind.isalpha() and sign not in WITHIN:
        return ASTRAY
    return SYMBOL if sign in SYMBOLS else RARE


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
