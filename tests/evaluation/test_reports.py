"""Reports on disk: found again by those who ask the same, and by nobody else."""

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from prodsim.errors import CacheError
from prodsim.evaluation import Reports, ask, evaluate, report_document
from prodsim.storage import seal, to_json
from tests.evaluation.test_evaluating import random_shop


@pytest.fixture(scope="module")
def report():
    shop = random_shop(60)
    *_, last = evaluate(shop, ask(shop, sample=40))
    return last.report


@pytest.fixture
def reports(settings):
    return Reports.in_cache(settings)


def test_a_report_reads_as_it_was_written(reports, report):
    path = reports.keep(report)
    assert path == reports.path(report.question)
    assert reports.find(report.question) == report


def test_a_file_is_compact_json_with_the_question_beside_the_answer(reports, report):
    text = reports.keep(report).read_text(encoding="utf-8")
    document = json.loads(text)["content"]
    assert len(text) < len(to_json(document)) / 2
    assert document == json.loads(json.dumps(report_document(report)))
    assert list(document) == ["format", "question", "queries", "hubness", "qualities"]
    assert document["question"]["encoder"] == {"name": "mean_color", "fingerprint": "0123456789abcdef"}
    assert document["question"]["catalog"]["digest"] == "digest"
    assert list(document["qualities"][0]["measures"]["precision"]) == ["mean", "low", "high", "at_random"]


def test_what_nobody_evaluated_is_not_found(reports, report):
    assert reports.find(report.question) is None


def changes(question):
    encoder, catalog = question.encoder, question.catalog
    return {
        "fingerprint": replace(question, encoder=replace(encoder, fingerprint="f" * 16)),
        "digest": replace(question, catalog=replace(catalog, digest="another")),
        "indexed": replace(question, catalog=replace(catalog, indexed=59)),
        "scoring": replace(question, scoring="pca"),
        "k": replace(question, k=6),
        "sample": replace(question, sample=None),
        "relevances": replace(question, relevances=(("articleType",),)),
    }


@pytest.mark.parametrize("changed", ["fingerprint", "digest", "indexed", "scoring", "k", "sample", "relevances"])
def test_a_report_is_refused_when_something_it_depends_on_has_changed(reports, report, changed):
    """Even if somebody puts the old file in the new one's place."""
    path, asked = reports.keep(report), changes(report.question)[changed]
    assert reports.find(asked) is None
    path.rename(reports.path(asked))
    assert reports.find(asked) is None


def edited(path, **fields):
    """With a seal that is right."""
    path.write_bytes(seal(json.dumps(json.loads(path.read_text())["content"] | fields).encode()))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:500]),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\x00"),
        lambda path: path.write_text("[]"),
        lambda path: edited(path, format=2),
        lambda path: edited(path, queries="many"),
        lambda path: edited(path, hubness={}),
    ],
    ids=["cut short", "a byte short", "empty", "garbage", "another shape", "another format", "another type", "fields"],
)
def test_a_damaged_report_or_one_of_another_format_is_set_aside_and_replaced(reports, report, damage):
    path = reports.keep(report)
    damage(path)
    before = path.read_bytes()
    assert reports.find(report.question) is None
    assert not path.exists() and path.with_name(f"{path.name}.damaged-1").read_bytes() == before
    assert len(reports.notices) == 1 and reports.notices[0].startswith(f"The report {path} is ")
    reports.keep(report)
    assert reports.find(report.question) == report


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_byte_anywhere_is_noticed(reports, report, seed):
    random = np.random.default_rng(seed)
    path = reports.keep(report)
    data = bytearray(path.read_bytes())
    data[random.integers(len(data))] ^= random.integers(1, 256)
    path.write_bytes(data)
    assert reports.find(report.question) is None
    assert "is damaged. It was set aside" in reports.notices[0]


def test_a_report_of_another_encoder_is_set_aside(reports, report):
    path, asked = reports.keep(report), changes(report.question)["fingerprint"]
    path.rename(reports.path(asked))
    assert reports.find(asked) is None
    assert "answers another question than its name says. It was set aside" in reports.notices[0]


def test_a_report_that_cannot_be_written_leaves_nothing_and_says_what_to_do(reports, report, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CacheError, match=r"cannot be written: No space left on device\. Free some space"):
        reports.keep(report)
    assert list(reports.folder.iterdir()) == []


def test_a_report_that_cannot_be_read_says_what_to_do(reports, report):
    reports.path(report.question).mkdir()
    with pytest.raises(CacheError, match=r"cannot be read: .+ Remove it"):
        reports.find(report.question)


def test_a_label_in_any_script_reads_as_it_was_written(reports, report):
    first, *others = report.qualities
    named = replace(first.classes[0], labels=("Röcke\n[b]👗",))
    told = replace(report, qualities=(replace(first, classes=(named,)), *others))
    reports.keep(told)
    assert reports.find(report.question) == told


def test_means_have_six_decimals_so_that_a_file_stays_small(report):
    means = [each.measures["ndcg"].mean for quality in report.qualities for each in quality.classes]
    assert np.array_equal(means, np.round(means, 6))


def test_all_reports_on_a_catalog_are_found_and_no_others(reports, report):
    question = report.question
    linear = replace(report, question=replace(question, scoring="linear"))
    elsewhere = replace(report, question=replace(question, catalog=replace(question.catalog, digest="another")))
    for each in (report, linear, elsewhere):
        reports.keep(each)
    (reports.folder / "broken.json").write_text("{", encoding="utf-8")
    assert sorted(each.question.scoring for each in reports.about("digest")) == ["linear", "unit"]
    assert reports.about("nobody's") == []
