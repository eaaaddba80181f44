"""Evaluating an encoder: every product as a query, judged by the catalog's labels."""

import numpy as np
import pandas as pd
import pytest

from prodsim.errors import QueryError
from prodsim.evaluation import MEASURES, Estimate, Progress, Question, ask, evaluate
from prodsim.evaluation.pca import compared_by
from prodsim.evaluation.report import AskedCatalog, AskedEncoder
from prodsim.index import COSINE, LINEAR, ExactIndex, exact, index, open_index
from prodsim.search import MAX_K, Engine
from tests.indexes import catalog_of_table, ids, indexed, neighbors
from tests.samples import DAMAGED

COLORS = {"red": (200, 0, 0), "dark": (100, 0, 0), "ruby": (90, 1, 0), "blue": (0, 0, 250), "navy": (0, 1, 100)}
ROWS = {
    "red": {"articleType": "Caps", "baseColour": "Red"},
    "dark": {"articleType": "Caps", "baseColour": "Red"},
    "ruby": {"articleType": "Shirts", "baseColour": "Red"},
    "blue": {"articleType": "Shirts", "baseColour": "Blue"},
    "navy": {"articleType": "Shirts"},
}


def catalog_of(kinds, colors=None):
    ids = [f"p{row}" for row in range(len(kinds))]
    table = pd.DataFrame({"articleType": kinds, "baseColour": colors or kinds}, index=ids, dtype="str")
    return catalog_of_table(table)


def random_shop(n=200, *, dim=6, kinds=5, seed=0):
    generator = np.random.default_rng(seed)
    labels = [f"kind {number}" for number in generator.integers(kinds, size=n)]
    colors = [("red", "blue", None)[number] for number in generator.integers(3, size=n)]
    vectors = generator.standard_normal((n, dim)).astype(np.float32)
    return indexed(catalog_of(labels, colors), vectors)


def report_of(shop, **choices):
    *_, last = evaluate(shop, ask(shop, **choices))
    return last.report


@pytest.fixture
def open_shop(make_catalog, settings, encoder):
    """Indexes a small catalog by mean color and opens it."""

    def open_shop(pictures, attributes):
        catalog = make_catalog(pictures, attributes)
        list(index(catalog, encoder, settings))
        return open_index(catalog, encoder, settings)

    return open_shop


# by hand


def test_a_report_by_hand(open_shop):
    """By cosine red and dark find each other, blue and navy as well, and ruby finds red, before dark in the table."""
    kinds, both = report_of(open_shop(COLORS, ROWS), k=1).qualities
    assert (kinds.queries, kinds.unlabeled, kinds.alone) == (5, 0, 0)
    assert kinds.measures["precision"].mean == 4 / 5
    assert kinds.measures["recall"].mean == (1 + 1 + 0 + 1 / 2 + 1 / 2) / 5
    assert kinds.measures["precision"].at_random == pytest.approx((1 / 4 + 1 / 4 + 2 / 4 * 3) / 5)
    shirts, caps = kinds.classes
    assert (shirts.labels, shirts.products, shirts.queries) == (("Shirts",), 3, 3)
    assert shirts.measures["first_hit"].mean == pytest.approx(2 / 3, abs=1e-6)
    assert shirts.measures["first_hit"].at_random == 2 / 4
    assert caps.measures["ndcg"] == Estimate(1, 1, 1, 1 / 4)
    assert both.attributes == ("articleType", "baseColour")
    assert [each.labels for each in both.classes] == [("Caps", "Red"), ("Shirts", "Blue"), ("Shirts", "Red")]


def test_a_query_alone_in_its_class_counts_as_zero_and_one_without_a_label_does_not_count(open_shop):
    (both,) = report_of(open_shop(COLORS, ROWS), k=1, wanted=[("articleType", "baseColour")]).qualities
    assert (both.queries, both.unlabeled, both.alone) == (4, 1, 2)
    assert both.measures["precision"].mean == 2 / 4


def test_a_product_without_a_label_is_a_wrong_result_but_takes_its_place(open_shop):
    rows = ROWS | {"dark": {"baseColour": "Red"}}
    (kinds,) = report_of(open_shop(COLORS, rows), k=1, wanted=[("articleType",)]).qualities
    assert kinds.measures["precision"].mean == 2 / 4


def test_products_that_share_a_picture_tie_by_row_and_are_no_results_of_themselves(open_shop):
    pictures = {"9": "red", "1": "red", "5": "red", "3": "blue"}
    rows = {"9": {"articleType": "A"}, "1": {"articleType": "B"}, "5": {"articleType": "B"}, "3": {"articleType": "B"}}
    (kinds,) = report_of(open_shop(pictures, rows), k=1).qualities
    precisions = {each.labels: each.measures["precision"].mean for each in kinds.classes}
    assert precisions == {("B",): 0, ("A",): 0}, "each finds the first in the table, and 9 the second"


@pytest.mark.parametrize("n", [295, 1031])
@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_the_first_of_many_that_share_a_picture_are_the_results_of_all(scoring, n):
    """A matrix product may break such ties in the last bit, by where in it a row lies."""
    vectors = np.tile(np.random.default_rng(0).random(512), (n, 1))
    shop = indexed(catalog_of(["a"] * n), vectors)
    assert report_of(shop, scoring=scoring).hubness.never == (n - 6) / n


def test_a_product_of_several_pictures_is_one_query_and_one_result():
    """It asks with its first picture, and is found by either."""
    vectors, owners = [[1, 0.0], [0, 1], [0.1, 1], [1, 0.2]], [0, 0, 1, 2]
    shop = indexed(catalog_of(["a", "a", "b"]), vectors, owners)
    report = report_of(shop, k=1)
    assert (report.queries, report.question.catalog.indexed) == (3, 3)
    kinds = {each.labels: each.measures["precision"].mean for each in report.qualities[0].classes}
    assert kinds == {("a",): 1 / 2, ("b",): 0}


def test_damaged_pictures_are_neither_queries_nor_results(open_shop):
    shop = open_shop({"torn": DAMAGED} | COLORS, ROWS | {"torn": {"articleType": "Caps"}})
    report = report_of(shop, k=1)
    assert report.qualities[0].measures["precision"].mean == 4 / 5
    assert (report.queries, report.question.catalog.products, report.question.catalog.indexed) == (5, 6, 5)
    assert [each.products for each in report.qualities[0].classes] == [3, 2]


def test_fewer_others_than_k_are_filled_up_with_wrong_results(open_shop):
    (kinds,) = report_of(open_shop(COLORS, ROWS), k=8, wanted=[("articleType",)]).qualities
    caps = kinds.classes[1].measures
    assert (caps["precision"].mean, caps["precision"].at_random) == (1 / 8, 1 / 8)
    assert (caps["recall"].mean, caps["recall"].at_random) == (1, 1)


def test_one_product_has_a_report_of_zeros(open_shop):
    report = report_of(open_shop({"1": "red"}, {"1": {"articleType": "Caps"}}))
    (kinds,) = report.qualities
    assert set(kinds.measures.values()) == {Estimate(0, 0, 0, 0)}
    assert report.hubness.never == 1


# against the search itself


@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_it_measures_what_a_search_for_every_product_finds(scoring):
    shop = random_shop()
    catalog, k = shop.catalog, 4
    engine = Engine(catalog, shop)
    kinds, both = report_of(shop, k=k, scoring=scoring).qualities
    table = catalog.table
    precisions, of_both, occurrences = [], [], dict.fromkeys(table.index, 0)
    for id_ in table.index:
        found = ids(neighbors(engine, id_, k=k, scoring=scoring))
        right = [table.articleType[other] == table.articleType[id_] for other in found]
        precisions.append(np.mean(right))
        if pd.notna(table.baseColour[id_]):
            same = [table.baseColour[other] == table.baseColour[id_] for other in found]
            of_both.append(np.mean(np.logical_and(right, same)))
        for other in found:
            occurrences[other] += 1
    assert kinds.measures["precision"].mean == pytest.approx(np.mean(precisions), abs=1e-6)
    assert both.measures["precision"].mean == pytest.approx(np.mean(of_both), abs=1e-6)
    assert (both.queries, both.unlabeled) == (len(of_both), 200 - len(of_both))
    hubs = report_of(shop, k=k, scoring=scoring).hubness
    assert hubs.never == np.mean([number == 0 for number in occurrences.values()])
    assert hubs.top_share == sum(sorted(occurrences.values())[-2:]) / (200 * k)


def test_overall_is_the_mean_of_the_classes_by_their_queries():
    (kinds, _) = report_of(random_shop()).qualities
    for name in MEASURES:
        for part in ("mean", "at_random"):
            total = sum(each.queries * getattr(each.measures[name], part) for each in kinds.classes)
            assert getattr(kinds.measures[name], part) == pytest.approx(total / kinds.queries, abs=1e-5)


def test_random_vectors_are_no_better_than_chance():
    kinds, _ = report_of(random_shop(2000), k=10).qualities
    for name in MEASURES:
        estimate = kinds.measures[name]
        assert estimate.low <= estimate.mean <= estimate.high
        assert estimate.mean == pytest.approx(estimate.at_random, abs=0.03)


def test_long_vectors_crowd_the_raw_kernel():
    generator = np.random.default_rng(0)
    lengths = np.exp(generator.standard_normal((400, 1)))
    vectors = (np.abs(generator.standard_normal((400, 20))) * lengths).astype(np.float32)
    shop = indexed(catalog_of(["a"] * 400), vectors)
    by_scoring = {each: report_of(shop, scoring=each).hubness for each in ("unit", "linear")}
    assert by_scoring["linear"].skewness > 2 * by_scoring["unit"].skewness
    assert by_scoring["linear"].never > 0.9 > by_scoring["unit"].never
    assert by_scoring["linear"].top_share > 2 * by_scoring["unit"].top_share


# scorings


def test_linear_and_unit_compare_the_vectors_in_memory_and_unit_takes_them_at_length_one():
    matrix = np.random.default_rng(0).standard_normal((40, 5)).astype(np.float32)
    vectors = ExactIndex(matrix, np.arange(40))
    assert compared_by(vectors, "linear") == (vectors, LINEAR)
    assert compared_by(vectors, "unit") == (vectors, COSINE)
    np.testing.assert_allclose(LINEAR.paired(matrix, matrix), (matrix**2).sum(axis=1), rtol=1e-6)
    np.testing.assert_allclose(COSINE.paired(matrix, matrix), 1, rtol=1e-6)


def test_pca_keeps_64_components_of_length_one_and_forgets_the_mean():
    matrix = np.random.default_rng(0).standard_normal((300, 100)).astype(np.float32)
    owners = np.arange(300) // 2
    (made, kernel), (moved, _) = (compared_by(ExactIndex(each, owners), "pca") for each in (matrix, matrix + 3))
    assert (len(made), made.dim, kernel) == (300, 64, LINEAR)
    np.testing.assert_array_equal(made.owners, owners)
    every = np.arange(300)
    np.testing.assert_allclose(np.linalg.norm(made.vectors(every), axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(np.abs(moved.vectors(every)), np.abs(made.vectors(every)), atol=1e-3)


def test_pca_finds_what_a_common_direction_hides():
    """All vectors point far into one direction, in which lengths differ; their kinds differ in another one."""
    generator = np.random.default_rng(0)
    kinds = np.arange(200) % 2
    vectors = generator.standard_normal((200, 3)) * [20, 0.1, 0.1] + [100, 0, 0]
    vectors[:, 1] += 30 * kinds
    shop = indexed(catalog_of([str(kind) for kind in kinds]), vectors)
    precision = {
        each: report_of(shop, scoring=each).qualities[0].measures["precision"].mean for each in ("linear", "pca")
    }
    assert precision["pca"] > 0.99 > precision["linear"]


# samples


def test_a_sample_is_seeded_and_its_queries_are_judged_among_all_products():
    shop = random_shop()
    report = report_of(shop, sample=50)
    assert report == report_of(shop, sample=50)
    assert (report.queries, report.question.sample) == (50, 50)
    kinds, both = report.qualities
    assert sum(each.queries for each in kinds.classes) == 50
    assert sum(each.products for each in kinds.classes) == 200
    assert both.queries + both.unlabeled == 50


def test_no_product_is_twice_in_a_sample():
    vectors = np.random.default_rng(0).standard_normal((60, 4)).astype(np.float32)
    shop = indexed(catalog_of([f"kind {number}" for number in range(60)]), vectors)
    kinds, _ = report_of(shop, sample=50).qualities
    assert (len(kinds.classes), kinds.alone) == (50, 50)


def test_a_sample_estimates_the_whole():
    shop = random_shop(1000, dim=2, kinds=2)
    sampled, whole = (report_of(shop, sample=sample).qualities[0] for sample in (300, None))
    assert sampled.measures["precision"].low < whole.measures["precision"].mean < sampled.measures["precision"].high


def test_a_sample_of_all_or_more_is_every_product():
    shop = random_shop()
    assert report_of(shop, sample=200) == report_of(shop, sample=999) == report_of(shop)


# blocks and progress


def test_reports_do_not_depend_on_how_many_queries_are_asked_at_once(monkeypatch):
    shop = random_shop()
    whole = report_of(shop)
    monkeypatch.setattr(exact, "AT_ONCE", 1000)
    assert report_of(shop) == whole


def test_progress_goes_from_none_to_all_and_only_the_last_has_the_report(monkeypatch):
    shop = random_shop()
    monkeypatch.setattr(exact, "AT_ONCE", 10_000)
    *steps, last = evaluate(shop, ask(shop))
    assert steps[0] == Progress(0, 200)
    assert [step.done for step in steps[1:5]] == [50, 100, 150, 200]
    assert all(step.report is None for step in steps)
    assert (last.done, last.total, last.report.queries) == (200, 200, 200)


def test_closing_stops_between_two_blocks(monkeypatch):
    shop, blocks, compare = random_shop(), [], ExactIndex.neighbors

    def counted(*given):
        for block in compare(*given):
            blocks.append(len(block.rows))
            yield block

    monkeypatch.setattr(exact, "AT_ONCE", 2000)
    monkeypatch.setattr(ExactIndex, "neighbors", counted)
    steps = evaluate(shop, ask(shop))
    assert [next(steps).done for _ in range(3)] == [0, 10, 20]
    steps.close()
    assert blocks == [10, 10]


# questions


def test_a_question_says_all_that_decides_the_answer():
    shop = random_shop()
    assert ask(shop, scoring="pca", k=3, sample=9, wanted=[("baseColour",)]) == Question(
        AskedEncoder("mean_color", "0123456789abcdef"),
        AskedCatalog("shop", "digest", 200, 200),
        "pca",
        3,
        9,
        (("baseColour",),),
    )


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1])
def test_k_out_of_range_is_refused(k):
    with pytest.raises(QueryError, match=f"k is {k}, but 1 to 100 neighbors are judged"):
        ask(random_shop(), k=k)


@pytest.mark.parametrize("scoring", ["cosine", ""])
def test_an_unknown_scoring_is_refused_with_those_there_are(scoring):
    with pytest.raises(QueryError, match=r"no scoring .+ Choose one of: unit, linear, pca"):
        ask(random_shop(), scoring=scoring)


@pytest.mark.parametrize("sample", [0, -5])
def test_a_sample_of_nothing_is_refused(sample):
    with pytest.raises(QueryError, match=f"has {sample} queries, but it takes at least 1"):
        ask(random_shop(), sample=sample)


def test_a_sample_in_which_nothing_is_labeled_is_refused():
    kinds = [None] * 99 + ["Caps"]
    shop = indexed(catalog_of(kinds), np.eye(100))
    with pytest.raises(QueryError, match=r"No query has a value of articleType\. Choose a larger sample"):
        report_of(shop, sample=3)


def test_vectors_that_are_no_numbers_are_refused():
    vectors = np.full((4, 2), np.nan, dtype=np.float32)
    for scoring in ("unit", "linear", "pca"):
        with pytest.raises(QueryError, match="NaN or infinite"):
            report_of(indexed(catalog_of(["a"] * 4), vectors), scoring=scoring)
