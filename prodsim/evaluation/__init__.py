"""How good the results are: by the catalog's labels, by what people said of them, and at what speed."""

from prodsim.evaluation.agreement import also_found, overlaps
from prodsim.evaluation.error_analysis import Failure, failures
from prodsim.evaluation.evaluating import Progress, ask, evaluate
from prodsim.evaluation.feedback import Judgment, judgments_table, of_marks, read_judgments
from prodsim.evaluation.feedback_metrics import JudgedReport, judged, judged_document
from prodsim.evaluation.metrics import MEASURES
from prodsim.evaluation.relevance import Relevance, relevances
from prodsim.evaluation.report import (
    ENOUGH,
    ClassQuality,
    Estimate,
    EvaluatedScoring,
    Quality,
    Question,
    Report,
    best_and_worst,
    report_document,
)
from prodsim.evaluation.reports import Reports
from prodsim.evaluation.speed import keep_speed, kept_speed, pictures_per_second

__all__ = [
    "ENOUGH",
    "MEASURES",
    "ClassQuality",
    "Estimate",
    "EvaluatedScoring",
    "Failure",
    "JudgedReport",
    "Judgment",
    "Progress",
    "Quality",
    "Question",
    "Relevance",
    "Report",
    "Reports",
    "also_found",
    "ask",
    "best_and_worst",
    "evaluate",
    "failures",
    "judged",
    "judged_document",
    "judgments_table",
    "keep_speed",
    "kept_speed",
    "of_marks",
    "overlaps",
    "pictures_per_second",
    "read_judgments",
    "relevances",
    "report_document",
]
