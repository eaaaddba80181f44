"""Where several ways to search agree. Their scores are not compared, as each way has its own scale."""

from collections.abc import Mapping, Sequence
from itertools import combinations

Results = Mapping[str, Sequence[str]]
"""Way -> the ids it found, best first."""


def also_found(results: Results) -> dict[str, dict[str, list[str]]]:
    """Way -> id -> the other ways that found it, in their order."""
    return {
        way: {id_: [other for other in results if other != way and id_ in results[other]] for id_ in found}
        for way, found in results.items()
    }


def overlaps(results: Results) -> dict[tuple[str, str], int]:
    """For each pair of ways, how many results they share."""
    return {(one, other): len({*results[one]} & {*results[other]}) for one, other in combinations(results, 2)}
