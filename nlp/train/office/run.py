"""Adapting from files to a model directory: read, adapt, measure, warn, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.classify.files import load_router, write_router
from nlp.classify.router import Router
from nlp.corpus.rows import Row, fingerprint
from nlp.io.write import write_csv, write_json
from nlp.shipped import DEFAULT_PLACE
from nlp.store import check_target, open_model, write_model
from nlp.train.adapt import Adapted, study
from nlp.train.material import whole
from nlp.train.office.card import HEADER, adapted_card, doubtful_rows, figures, warnings
from nlp.train.run import Trained
from nlp.train.sources import corpus_name, load_office_rows, vocabulary_for
from nlp.train.versions import library_versions


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What to adapt, for which place; `audit` is where doubtful labels are listed."""

    base: Path
    seed: int = 0
    place: str = DEFAULT_PLACE
    audit: Path | None = None


def adapt_files(
    history: Sequence[Path],
    out: Path,
    options: Adaptation,
    *,
    on_step: Callable[[str], None],
    on_warning: Callable[[str], None],
) -> Trained:
    """Adapt a model to an office's tables and write a model directory to `out`.

    Raises InputError, DataError, UsageError or ModelError.
    """
    check_target(out)
    base = load_router(options.base)
    words = replace(vocabulary_for(options.place, base.functions, base.scheme), own_units=True)
    rows = settled(base, load_office_rows(history, words, on_step))
    on_step(f"历史 {len(rows)} 行，正在适配…")
    adapted = study(base, rows, seed=options.seed)
    for warning in warnings(adapted):
        on_warning(warning)
    if options.audit:
        write_csv(options.audit, HEADER, doubtful_rows(adapted))
        on_step(f"可疑的标注已写到 {options.audit}。")
    metrics = figures(adapted, base.name)
    manifest = {
        "task": "route",
        "encoder": adapted.router.encoder.spec,  # many rows bring words of their own
        "seed": options.seed,
        "corpora": [*_learned_by(options.base), *map(corpus_name, history)],
        "corpus": fingerprint(adapted.plan.rows),
        "rows": len(adapted.plan.rows),
        "base": base.name,
        "versions": library_versions(),
    }
    stored = write_model(out, manifest, lambda folder: _fill(folder, adapted, metrics))
    return Trained(stored, metrics["line"])


def _learned_by(base: Path) -> list[str]:
    """Return the corpora that the model to adapt names itself: rows of theirs are known, too."""
    named = open_model(base).manifest.get("corpora")
    return [str(name) for name in named] if isinstance(named, list) else []


def _fill(folder: Path, adapted: Adapted, metrics: dict[str, object]) -> None:
    write_router(adapted.router, folder)
    write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(adapted_card(adapted, metrics), encoding="utf-8")


def settled(base: Router, rows: Sequence[Row]) -> list[Row]:
    """Decide which function of its unit a row was about: the one that the base finds likeliest.

    A table names 县教体局 only. Were every one of its rows education, the model would learn
    that sports are, too.
    """
    unclear = [i for i, row in enumerate(rows) if row.lead and row.also]
    result = list(rows)
    if not unclear or base.units is None:
        return result
    leads = base.score(whole([rows[i] for i in unclear]).texts).leads
    number = {key: column for column, key in enumerate(base.function_keys)}
    for i, chances in zip(unclear, [] if leads is None else leads, strict=True):
        row = rows[i]
        held = [key for key in (row.lead or "", *row.also) if key in number]
        best = max(held, key=lambda key: chances[number[key]], default=row.lead)
        result[i] = replace(row, lead=best, also=())
    return result
