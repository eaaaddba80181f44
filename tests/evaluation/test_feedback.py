"""Judgments: their CSV, and what they say of an encoder's results."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from prodsim.errors import JudgmentsError
from prodsim.evaluation import Judgment, judged, judgments_table, of_marks, read_judgments
from prodsim.export import to_csv
from prodsim.search import Marks
from tests.indexes import catalog_of, engine_of, ids, neighbors

WHEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
HEADER = "query,product,label,encoder,date\n"


def engine(vectors):
    return engine_of(catalog_of({f"p{place}": {"articleType": "Caps"} for place in range(len(vectors))}), vectors)


def said(query, product, label):
    return Judgment(query, product, label, "pixels", "2024-05-06T07:08:09+00:00")


def test_files_put_together_are_read_and_the_last_judgment_on_a_pair_counts(make_catalog, tmp_path):
    catalog = make_catalog(dict.fromkeys(["a", "=b", "+c;-d", "-5"], "red"))
    first = of_marks("a", Marks(more=("=b", "-5"), less=("+c;-d",)), "pixels", WHEN)
    second = of_marks("a", Marks(less=("=b",)), "mini", WHEN)
    path = tmp_path / "judgments.csv"
    path.write_bytes(to_csv(judgments_table(first)) + to_csv(judgments_table(second)))
    assert read_judgments(path, catalog) == [second[0], *first[1:]]
    assert first[0].date == "2024-05-06T07:08:09+00:00"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "no judgments"),
        (b"query,product,label\na,b,more\n", "line 1: there is no column encoder, date"),
        (b"\x81\x8d\xff", "is no text"),
        ((HEADER + "a,b,more,x,y\na,b,maybe,x,y\n").encode(), "line 3: there is no label 'maybe'"),
        ((HEADER + "a,nowhere,more,x,y\n").encode(), "line 2: the catalog has no product 'nowhere'"),
        ((HEADER + "a,b,more\n").encode(), "line 2: the row does not have the 5 cells"),
        ((HEADER + "a,'=c,more,x,y\n").encode(), "may be either of"),
    ],
)
def test_a_bad_file_is_refused_and_its_line_named(tmp_path, content, wrong):
    catalog = catalog_of(dict.fromkeys(["a", "b", "=c", "'=c"], {"articleType": "Caps"}))  # noqa: RUF024
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(JudgmentsError, match=wrong) as caught:
        read_judgments(path, catalog)
    assert str(path) in str(caught.value)


def test_a_file_that_is_too_large_is_refused(make_catalog, tmp_path, monkeypatch):
    monkeypatch.setattr("prodsim.evaluation.feedback.MAX_BYTES", 3)
    (tmp_path / "large.csv").write_text(HEADER)
    with pytest.raises(JudgmentsError, match="may have"):
        read_judgments(tmp_path / "large.csv", make_catalog({"a": "red"}))


def test_measures_equal_a_naive_loop():
    generator = np.random.default_rng(0)
    shop = engine(generator.standard_normal((12, 4)))
    judgments = [
        said(f"p{query}", f"p{product}", "more" if generator.random() < 0.5 else "less")
        for query in range(5)
        for product in generator.choice([row for row in range(12) if row != query], 7, replace=False)
    ]
    precisions, agreements = [], []
    for query in {judgment.query for judgment in judgments}:
        labels = {judgment.product: judgment.label for judgment in judgments if judgment.query == query}
        order = [id_ for id_ in ids(neighbors(shop, query, k=11)) if id_ in labels]
        precisions.append(sum(labels[id_] == "more" for id_ in order[:3]) / 3)
        pairs = [
            order.index(more) < order.index(less)
            for more in order
            for less in order
            if (labels[more], labels[less]) == ("more", "less")
        ]
        agreements += [sum(pairs) / len(pairs)] if pairs else []
    report = judged(shop.indexed, judgments, k=3)
    assert report.precision.mean == pytest.approx(np.mean(precisions), abs=1e-6)
    assert report.agreement.mean == pytest.approx(np.mean(agreements), abs=1e-6)
    assert (report.judgments, report.queries, report.agreement.at_random) == (35, 5, 0.5)


def test_what_cannot_count_is_counted_as_left_out_and_a_tie_is_half_a_pair():
    shop = engine([[1, 0], [0, 1], [0, 1]]).indexed
    judgments = [said("p0", "p1", "more"), said("p0", "p2", "less"), said("p0", "p0", "more"), said("p1", "p2", "more")]
    report = judged(shop, judgments)
    assert (report.left_out, report.queries, report.few, report.one_sided) == (1, 2, 2, 1)
    assert report.agreement.mean == 0.5
    with pytest.raises(JudgmentsError, match="None of the 1"):
        judged(shop, judgments[2:3])


def test_a_pipe_or_device_is_refused_unread(make_catalog):
    with pytest.raises(JudgmentsError, match="/dev/zero cannot be read: it is no file, but a pipe or a device"):
        read_judgments(Path("/dev/zero"), make_catalog({"1": "red"}))
