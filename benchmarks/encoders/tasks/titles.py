"""Topics and leads: learned from the project's own rows, asked of real titles and of its test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.encoders.fitted import fitted, fitted_lead
from benchmarks.encoders.rows import (
    REAL,
    corpus_parts,
    of_topics,
    own_test,
    real_titles,
    training,
)
from benchmarks.encoders.system import Entry, System, Target
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Figure, Result, of_rows, of_share
from nlp.corpus.rows import Row
from nlp.evaluate.folding import folding
from nlp.evaluate.metrics import top_k
from nlp.evaluate.predict import Predictions
from nlp.evaluate.units import score_lead
from nlp.taxonomy import folds, load_functions
from nlp.train.material import whole

MEGA = 1e6


def measure(entry: Entry, place: Workplace) -> Result:
    """Learn leads and topics from the training part; nothing real is learned from."""
    lead = fitted_lead(entry, place)
    figures = {"size": Figure(lead.system.size() / MEGA)}
    if lead.seconds is not None:
        figures["seconds"] = Figure(lead.seconds)
    figures |= lead_figures(lead.system, own_test(place), "test")
    real, remark = real_titles(place), lead.system.remark
    remarks = [remark] if remark else []
    if real is None:
        remarks.append(f"the data folder has no `{REAL}`")
    else:
        topic = fitted(entry, place, Target.TOPIC, of_topics(training(place))).system
        figures |= lead_figures(lead.system, real, "real")
        figures |= topic_figure(topic, real, "topic")
        if topic.remark != remark:
            remarks = [f"{remark} (lead), {topic.remark} (topic)"]
    return Result(figures, tuple(remarks))


def lead_figures(system: System, rows: Sequence[Row], name: str) -> dict[str, Figure]:
    """Score leads with functions folded together exactly as `fenban evaluate` does."""
    columns = folding(system.classes, folds(load_functions()))
    chances = system.predict_scores(whole(rows).texts)
    found = Predictions(tuple(rows), (), None, chances, None, (), ())
    scores = score_lead(columns, found)
    if scores is None:
        return {}
    return {
        f"{name}1": of_share(scores.top1, scores.rows),
        f"{name}3": of_share(scores.top3, scores.rows),
    }


def topic_figure(system: System, rows: Sequence[Row], name: str) -> dict[str, Figure]:
    """Score the primary topic of titles whose annotators agreed."""
    clear = [row for row in rows if row.topics and not row.ambiguous]
    if not clear:
        return {}
    columns = folding(system.classes, {})
    gold = columns.coded([row.primary or "" for row in clear]).codes
    right = top_k(gold, columns.summed(system.predict_scores(whole(clear).texts)), 1)
    return {name: of_rows(right.astype(float))}


def _files(place: Workplace) -> tuple[Path, ...]:
    return (*corpus_parts(place), place.data / REAL)


TASK = Task(
    name="titles",
    about=(
        "Learned from the training part of `corpora/proposals` in the views and with the weights "
        "that the shipped model learns from, without duties. Topic: the primary one of real "
        "titles whose annotators agreed. Lead: functions folded as in `fenban evaluate`, of real "
        "titles and of the test part. Training seconds and size are of the lead alone, encoder "
        "included; for this project's models, the size of everything."
    ),
    measure=measure,
    files=_files,
)
