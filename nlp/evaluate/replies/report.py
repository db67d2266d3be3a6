"""The HTML report of an evaluation of digests: the verdict first, then figures, then rows."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.evaluate.charts import Grid
from nlp.evaluate.lines import Line
from nlp.evaluate.remarks import MARKS, Remark
from nlp.evaluate.replies.charts import charts, confusion
from nlp.evaluate.replies.labels import FlagScores
from nlp.evaluate.replies.lines import flag_name, summary
from nlp.evaluate.replies.run import ModelResult, ReplyEvaluation
from nlp.evaluate.replies.tables import HEADS, compared
from nlp.evaluate.replies.verdict import verdict
from nlp.evaluate.replies.views import RowView, row_views
from nlp.evaluate.report import Origin, render


@dataclass(frozen=True, slots=True)
class ModelView:
    """Everything that the report shows of one model."""

    name: str
    remarks: tuple[Remark, ...]
    lines: tuple[Line, ...]
    confusion: Grid | None
    flags: FlagScores | None
    rows: tuple[RowView, ...]


def replies_report(evaluation: ReplyEvaluation, origin: Origin) -> str:
    """Return a self-contained page; titles and digests are escaped."""
    return render(
        "replies.html",
        origin,
        rows=len(evaluation.rows),
        max_chars=evaluation.max_chars,
        marks=MARKS,
        heads=HEADS,
        compared=compared(evaluation),
        charts=charts(evaluation),
        flag_name=flag_name,
        models=tuple(_model(evaluation, model) for model in evaluation.models),
    )


def _model(evaluation: ReplyEvaluation, model: ModelResult) -> ModelView:
    return ModelView(
        name=model.text.scores.name,
        remarks=verdict(model),
        lines=summary(evaluation, model),
        confusion=confusion(model.outcome) if model.outcome else None,
        flags=model.flags,
        rows=row_views(evaluation.rows, model.text.grades, model.digests),
    )
