"""Training from files to a model directory: load, split, fit, tune, measure once, write."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.classify.files import load_router, write_router
from nlp.classify.router import Router
from nlp.corpus.rows import Row, fingerprint, load_rows
from nlp.corpus.split import PARTS, Split
from nlp.errors import InputError
from nlp.hf.training.options import FineTuning
from nlp.io.write import write_json
from nlp.shipped import DEFAULT_PLACE, shipped
from nlp.store import StoredModel, check_target, write_model
from nlp.taxonomy import Function, Scheme, Topic, load_functions, load_scheme
from nlp.train.card import model_card, validation_line
from nlp.train.fit import Plan, fit_router
from nlp.train.sources import corpus_name, load_split, read_unlabelled, vocabulary_for
from nlp.train.tune import transplant, tune_router
from nlp.train.versions import library_versions


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """How to train; paths replace the shipped scheme, functions and non-proposals.

    `fine_tuning` changes a pretrained encoder, too; with a `teacher` the model learns that
    one's answers, also on the texts of `unlabelled` files.
    """

    encoder: str = "ngrams:1-2"
    seed: int = 0
    scheme: Path | None = None
    functions: Path | None = None
    others: Path | None = None
    place: str = DEFAULT_PLACE
    fine_tuning: FineTuning | None = None
    teacher: Path | None = None
    unlabelled: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Trained:
    """The model as written, and its line of validation figures."""

    stored: StoredModel
    line: str


def train(
    corpora: Sequence[Path], out: Path, options: TrainOptions, *, on_step: Callable[[str], None]
) -> Trained:
    """Train on corpora and write a model directory to `out`.

    A folder with train, dev and test parts is used as split; any other rows are split by
    near-duplicate group. Weights, temperatures and thresholds are tuned with heads that never
    saw the dev part; the heads that are kept then learn from both.

    Raises InputError, DataError, UsageError or ModelError.
    """
    check_target(out)  # before minutes of work, not after
    scheme = load_scheme(options.scheme)
    # the shipped functions name topics of the shipped scheme, which no model depends on
    functions = load_functions(options.functions, scheme if options.functions else None)
    words = vocabulary_for(options.place, functions, scheme)
    split = load_split(corpora, options.seed, words, on_step)
    counts = f"训练 {len(split.train)} 行，调参 {len(split.dev)} 行，测试 {len(split.test)} 行"
    on_step(f"语料：{counts}。")
    plan = make_plan(split, scheme, functions, options)
    check_labels(split.train)
    others = _others(options.others)
    router = _fitted(split, others, plan, options, out, on_step)
    manifest = _manifest(corpora, split, router, options)
    stored = write_model(out, manifest, lambda f: _fill(f, router, split, others))
    shutil.rmtree(workspace_of(out), ignore_errors=True)  # only now is nothing in it needed
    return Trained(stored, stored.json("metrics.json")["line"])


def workspace_of(out: Path) -> Path:
    """Return where a long run keeps what it has so far: beside the model it makes."""
    return out.with_name(f".{out.name}.training")


def _fitted(
    split: Split,
    others: Split,
    plan: Plan,
    options: TrainOptions,
    out: Path,
    on_step: Callable[[str], None],
) -> Router:
    """Fit and tune in the way that the options ask for."""
    on_step("正在训练…")
    if options.fine_tuning:
        from nlp.train.finetune import fit_fine_tuned

        workspace = workspace_of(out)
        router = fit_fine_tuned(split, others, plan, options.fine_tuning, workspace, on_step)
        on_step("正在调参…")
        return tune_router(router, split.dev)
    if options.teacher:
        from nlp.train.distill import Lesson, teach

        lesson = Lesson(load_router(options.teacher), read_unlabelled(options.unlabelled))
        return teach(split, others, plan, lesson, on_step)
    router = fit_router(split.train, others.train, plan)
    on_step("正在调参…")
    router = tune_router(router, split.dev)
    on_step("正在用训练和调参两份重新训练…")
    return transplant(router, fit_router((*split.train, *split.dev), others.train, plan))


def check_labels(rows: Sequence[Row]) -> None:
    """Raise InputError where there is nothing to tell apart."""
    leads = {row.lead for row in rows if row.lead}
    topics = {row.primary for row in rows if row.primary}
    for what, found in (("主办", leads), ("主题", topics)):
        if len(found) == 1:
            raise InputError(
                f"训练语料里的{what}只有“{next(iter(found))}”一种，学不出区别。",
                f"请补充其他{what}的提案，或去掉这一列标注。",
            )


def make_plan(
    split: Split, scheme: Scheme, functions: tuple[Function, ...], options: TrainOptions
) -> Plan:
    """Settle the labels: the scheme's topics and functions, or what the rows have instead."""
    rows = (*split.train, *split.dev, *split.test)
    return Plan(
        topics=_topics(rows, scheme),
        functions=_functions(rows, functions),
        several_topics=any(len(row.topics or ()) > 1 for row in rows),
        encoder=options.encoder,
        seed=options.seed,
    )


def _topics(rows: Sequence[Row], scheme: Scheme) -> tuple[Topic, ...]:
    """Return the scheme if it covers the rows' topics, else one topic per label found."""
    found = dict.fromkeys(topic for row in rows for topic in row.topics or ())
    known = {topic.key: topic for topic in scheme.topics}
    if not found or found.keys() <= known.keys():
        return scheme.topics if found else ()
    return tuple(known.get(key, Topic(key, key)) for key in sorted(found))


def _functions(rows: Sequence[Row], functions: tuple[Function, ...]) -> tuple[Function, ...]:
    """Return the known functions, and one without duties for every other lead or co label."""
    found = {row.lead for row in rows if row.lead} | {c for row in rows for c in row.co or ()}
    if not any(row.lead for row in rows):
        return ()
    strange = sorted(found - {f.key for f in functions})
    return (*functions, *(Function(key, key) for key in strange))


def _others(folder: Path | None) -> Split:
    """Return the texts that are no proposals, as split; none if there are none."""
    if folder is not None and not (folder / "train.jsonl").is_file():
        raise InputError(
            f"--others 的“{folder}”里没有 train.jsonl。", "应是放着 train.jsonl 的文件夹。"
        )
    source = folder or shipped("others")
    parts = [source / f"{part}.jsonl" for part in PARTS]
    train, dev, test = (tuple(load_rows([p])) if p.exists() else () for p in parts)
    return Split(train, dev, test)


def _manifest(
    corpora: Sequence[Path], split: Split, router: Router, options: TrainOptions
) -> dict[str, Any]:
    return {
        "task": "route",
        "encoder": router.encoder.spec,  # a fine-tuned one stands beside n-grams
        "seed": options.seed,
        "corpora": [corpus_name(path) for path in corpora],
        "corpus": fingerprint((*split.train, *split.dev)),
        "rows": len(split.train) + len(split.dev),
        "versions": library_versions(),
    }


def _fill(folder: Path, router: Router, split: Split, others: Split) -> None:
    """Write the files; figures are taken from the model as written, not as fitted."""
    from nlp.train.measure import measure

    write_router(router, folder)
    metrics = measure(router, split, others)
    metrics["line"] = validation_line(metrics)
    write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(model_card(router, metrics), encoding="utf-8")
