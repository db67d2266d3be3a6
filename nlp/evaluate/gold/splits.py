"""Which part of a data set is measured: the one asked for, else test, else validation, else all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.errors import UsageError

TESTS = ("test", "testing")
VALIDATIONS = ("validation", "dev", "valid", "val", "eval", "evaluation")


@dataclass(frozen=True, slots=True)
class Choice:
    """The parts to read, and why these, in Chinese."""

    splits: tuple[str, ...]
    reason: str


def choose(names: Sequence[str], asked: str | None) -> Choice:
    """Choose among the parts of a data set. Raises UsageError if the one asked for is missing."""
    some = "、".join(names)
    if asked is not None:
        if asked not in names:
            raise UsageError(
                f"数据集里没有“{asked}”这一份。", f"有：{some}；例：--split {names[0]}。"
            )
        return Choice((asked,), f"按 --split 用了 {asked}")
    if len(names) == 1:
        return Choice((names[0],), f"只有 {names[0]} 一份，用的就是它")
    for usual, absent in ((TESTS, ""), (VALIDATIONS, "没有 test，")):
        for name in usual:
            if name in names:
                return Choice((name,), f"{absent}用了 {name}；要换一份，请加 --split")
    return Choice(tuple(names), "没有 test 也没有 validation，几份都用了；要只用一份，请加 --split")
