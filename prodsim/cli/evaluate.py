"""`evaluate`: how good an encoder's results are, by the catalog's own labels or by people's judgments."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from prodsim import evaluation
from prodsim.cli import console
from prodsim.cli.options import (
    CacheDirOption,
    CatalogOption,
    EncoderOption,
    JsonOption,
    OfflineOption,
    RoleOption,
    WeightsDirOption,
    path,
)
from prodsim.cli.prepare import choose_encoder, ensure_indexed, open_products, read_settings
from prodsim.cli.progress import query_bar
from prodsim.evaluation import (
    ENOUGH,
    MEASURES,
    ClassQuality,
    Estimate,
    EvaluatedScoring,
    JudgedReport,
    Quality,
    Question,
    Relevance,
    Report,
    Reports,
    best_and_worst,
    judged,
    judged_document,
    read_judgments,
    relevances,
    report_document,
)
from prodsim.index import Indexed
from prodsim.search import MAX_K
from prodsim.storage import to_json


def evaluate(
    k: Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="How many neighbors are judged.")] = 5,
    scoring: Annotated[
        EvaluatedScoring, typer.Option(help="As in search; pca: centered, 64 principal components, cosine.")
    ] = "unit",
    attributes: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[,NAME]",
            help="What a right result shares with the query. Repeatable [type; type and color].",
        ),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="So many queries, a seeded choice [all products].")
    ] = None,
    judgments: Annotated[
        Path | None,
        typer.Option(parser=path, metavar="FILE", help="Measure against judgments downloaded as CSV, not labels."),
    ] = None,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
    role: RoleOption = None,
    encoder: EncoderOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
    offline: OfflineOption = None,
) -> None:
    """Measure how good the results are.

    Each product is a query; a result is right if it has the same labels. What is not yet indexed is indexed first. With
    --judgments the judged products are the queries, and results that nobody judged do not count.
    """
    if judgments is not None and (attributes or sample is not None):
        raise typer.BadParameter("--attributes and --sample are for labels: judgments say what is right, of what.")
    settings = read_settings(
        catalog=catalog,
        roles=role or None,
        encoder=encoder,
        cache_dir=cache_dir,
        weights_dir=weights_dir,
        offline=offline,
    )
    products = open_products(settings)
    if judgments is not None:
        given = read_judgments(judgments, products)
        chosen = choose_encoder(encoder, settings)
        indexed = ensure_indexed(products, chosen, settings)
        with console.stderr().status("Measuring"):
            answer = judged(indexed, given, scoring=scoring, k=k)
        if as_json:
            sys.stdout.write(to_json(judged_document(answer)))
        else:
            _show_judged(answer)
        return
    wanted = relevances(products, [_relevance(names) for names in attributes or []])
    chosen = choose_encoder(encoder, settings)
    indexed = ensure_indexed(products, chosen, settings)
    question = evaluation.ask(indexed, scoring=scoring, k=k, sample=sample, wanted=wanted)
    reports = Reports.in_cache(settings)
    report = reports.find(question)
    for notice in reports.notices:
        console.note(notice)
    if report is None:
        report = _measured(indexed, question)
        reports.keep(report)
    if as_json:
        sys.stdout.write(to_json(report_document(report)))
    else:
        _show(report)


def _relevance(names: str) -> Relevance:
    return tuple(name.strip() for name in names.split(","))


def _measured(indexed: Indexed, question: Question) -> Report:
    with query_bar() as show, closing(evaluation.evaluate(indexed, question)) as steps:
        for progress in steps:
            show(progress)
    assert progress.report is not None  # the last one holds it
    return progress.report


def _show(report: Report) -> None:
    asked = report.question
    title = f"{asked.catalog.name} by {asked.encoder.name}, {asked.scoring} scoring"
    console.line(title, style="bold")
    console.line(f"{report.queries:,} of {asked.catalog.indexed:,} products as queries, {asked.k} neighbors of each")
    for quality in report.qualities:
        _show_quality(quality, asked.k)
    console.line("")
    console.line("Hubs", style="bold")
    hubs = report.hubness
    at_random = _percent(hubs.never_at_random)
    console.line(f"{_percent(hubs.never)} of the products are in nobody's results ({at_random} at random)")
    console.line(f"{_percent(hubs.top_share)} of all results are the most frequent 1 % of the products")
    console.line(f"{hubs.skewness:.2f} is the skewness of how often a product occurs")


def _show_judged(report: JudgedReport) -> None:
    console.line(f"{report.catalog.name} by {report.encoder.name}, {report.scoring} scoring", style="bold")
    console.line(f"{_counted(report.judgments, 'judgment')} of {_counted(report.queries, 'query', 'queries')}")
    if report.left_out:
        console.line(f"{report.left_out:,} left out: a product without an embedding, or the query itself")
    if report.few:
        console.line(
            f"{_counted(report.few, 'query', 'queries')} with no more than {report.k} judged: any order is as precise"
        )
    if report.one_sided:
        console.line(f"{_counted(report.one_sided, 'query', 'queries')} with more or less alone: no pairs")
    console.line("")
    table = console.table("measure", "mean", "95 % interval", "at random", numbers=("mean", "at random"))
    table.add_row(f"precision@{report.k} of what was judged", *_cells(report.precision))
    if report.agreement:
        table.add_row("more before less, of pairs", *_cells(report.agreement))
    console.show(table)


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def _show_quality(quality: Quality, k: int) -> None:
    console.line("")
    console.line(f"Same {' and '.join(quality.attributes)}", style="bold")
    counts = [f"{quality.queries:,} queries in {len(quality.classes):,} classes"]
    if quality.alone:
        counts.append(f"{quality.alone:,} alone in theirs count as 0")
    if quality.unlabeled:
        counts.append(f"{quality.unlabeled:,} without a label left out")
    console.line("; ".join(counts))
    table = console.table("measure", "mean", "95 % interval", "at random", numbers=("mean", "at random"))
    for name, measure in MEASURES.items():
        table.add_row(measure.title.format(k=k), *_cells(quality.measures[name]))
    console.show(table)
    best, worst = best_and_worst(quality)
    if worst:
        judged = sum(each.queries >= ENOUGH for each in quality.classes)
        _show_classes(f"Best of {judged:,} classes", quality.attributes, best, k)
        _show_classes(f"Worst of {judged:,} classes", quality.attributes, worst, k)
    elif best:
        _show_classes("Classes", quality.attributes, best, k)


def _show_classes(which: str, attributes: Relevance, classes: Sequence[ClassQuality], k: int) -> None:
    console.line("")
    console.line(f"{which} with at least {ENOUGH} queries", style="bold")
    numbers = ("queries", f"precision@{k}", "at random")
    table = console.table(", ".join(attributes), numbers[0], numbers[1], "95 % interval", numbers[2], numbers=numbers)
    for one in classes:
        label = console.literal(", ".join(one.labels))
        table.add_row(label, f"{one.queries:,}", *_cells(one.measures["precision"]))
    console.show(table)


def _cells(estimate: Estimate) -> tuple[str, str, str]:
    return f"{estimate.mean:.3f}", f"{estimate.low:.3f} to {estimate.high:.3f}", f"{estimate.at_random:.3f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
