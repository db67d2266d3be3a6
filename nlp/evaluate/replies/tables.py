"""An evaluation of digests on a terminal, and as JSON with stable names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.lines import number, percent, rounded
from nlp.evaluate.replies.lines import summary
from nlp.evaluate.replies.run import Judged, ModelResult, ReplyEvaluation

if TYPE_CHECKING:
    from rich.table import Table

SCHEMA = 1
HEADS = ("系统", "要点保全", "ROUGE-1", "ROUGE-2", "ROUGE-L", "字数", "有据")


def compared(evaluation: ReplyEvaluation) -> tuple[tuple[str, ...], ...]:
    """Return one row of cells a system under HEADS: models, baselines, what people write."""
    several = len(evaluation.models) > 1
    ours = [(m.text.scores.name if several else "本模型", m.text) for m in evaluation.models]
    rest = [(judged.scores.title, judged) for judged in evaluation.baselines]
    written = [(j.scores.title, j) for j in (evaluation.reference,) if j is not None]
    return tuple(_cells(name, judged) for name, judged in (*ours, *rest, *written))


def _cells(name: str, judged: Judged) -> tuple[str, ...]:
    scores = judged.scores
    return (
        name,
        percent(_value(scores.fact_recall)),
        number(scores.rouge_1),
        number(scores.rouge_2),
        number(_value(scores.rouge_l)),
        f"{scores.chars:.0f}",
        percent(scores.faithfulness.share),
    )


def as_tables(evaluation: ReplyEvaluation) -> Iterator[Table]:
    """Lay out the comparison, then every number of each model."""
    from rich.table import Table

    table = Table(title="摘要质量：与不用模型的办法比较", title_justify="left")
    for head in HEADS:
        table.add_column(head, justify="left" if head == HEADS[0] else "right")
    for row in compared(evaluation):
        table.add_row(*row)
    yield table
    for model in evaluation.models:
        table = Table(title=f"模型 {model.text.scores.name} 的评测", title_justify="left")
        for head in ("指标", "结果", "说明"):
            table.add_column(head, justify="right" if head == "结果" else "left", overflow="fold")
        for line in summary(evaluation, model):
            table.add_row(line.name, line.value, line.meaning)
        yield table


def _value(found: Estimate | None) -> float | None:
    return found.value if found else None


def to_json(evaluation: ReplyEvaluation, *, gold: str, command: str) -> dict[str, Any]:
    """Return every number under stable names (`schema` rises when one changes).

    :param gold: path of the labelled rows.
    :param command: the line that gets the same numbers again.
    """
    labels = ("facts", "summary", "outcome", "units", "flags")
    rows = evaluation.rows
    content = {
        "schema": SCHEMA,
        "task": "replies",
        "gold": gold,
        "command": command,
        "rows": len(rows),
        "labelled": {k: sum(getattr(row, k) is not None for row in rows) for k in labels},
        "max_chars": evaluation.max_chars,
        "reference": asdict(evaluation.reference.scores) if evaluation.reference else None,
        "baselines": [asdict(judged.scores) for judged in evaluation.baselines],
        "models": [_model(model) for model in evaluation.models],
    }
    plain: dict[str, Any] = rounded(content)
    return plain


def _model(model: ModelResult) -> dict[str, Any]:
    scores = asdict(model.text.scores)
    del scores["title"]
    parts = ("failed", "margin", "outcome", "units", "flags")
    return {
        "model": model.path,
        "model_name": scores.pop("name"),
        **scores,
        **{key: _dict(getattr(model, key)) for key in parts},
        "replies_per_second": model.replies_per_second,
    }


def _dict(value: Any) -> Any:  # noqa: ANN401 - dataclass, tuple or None
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value
