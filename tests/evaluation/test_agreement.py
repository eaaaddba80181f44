from hypothesis import given
from hypothesis import strategies as st

from prodsim.evaluation import also_found, overlaps

RESULTS = {"A": ["1", "2", "3"], "B": ["3", "4", "1"], "C": ["3"]}
some_results = st.dictionaries(st.text(max_size=2), st.lists(st.sampled_from("abcdefg"), unique=True), max_size=4)


def test_each_result_names_the_other_ways_that_found_it():
    assert also_found(RESULTS) == {
        "A": {"1": ["B"], "2": [], "3": ["B", "C"]},
        "B": {"3": ["A", "C"], "4": [], "1": ["A"]},
        "C": {"3": ["A", "B"]},
    }


def test_overlap_counts_what_two_ways_share():
    assert overlaps(RESULTS) == {("A", "B"): 2, ("A", "C"): 1, ("B", "C"): 1}


@given(some_results)
def test_overlaps_are_what_the_marks_add_up_to(results):
    marks = also_found(results)
    for (one, other), shared in overlaps(results).items():
        assert shared == sum(other in ways for ways in marks[one].values())
        assert shared == sum(one in ways for ways in marks[other].values())
