"""`fenban bulletin check`: the figures of a yearly report, re-added."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nlp.cli.options import QuietOption, as_text, say

if TYPE_CHECKING:
    from nlp.bulletin.check import Remark
    from nlp.bulletin.types import Bulletin

_LONGEST = 100
ABOUT = "核对：把通报里的件数、占比、率重算一遍，指出对不上的地方。"


def check(
    report: Annotated[
        str, typer.Argument(metavar="报告", help="一份通报或报告：txt、pdf、docx 或 html。")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="打印 JSON，给程序用。")] = False,
    quiet: QuietOption = False,
) -> None:
    """Check a report's arithmetic."""
    from nlp.bulletin.check import review
    from nlp.bulletin.read import read_bulletin

    bulletin = read_bulletin(Path(as_text(report)))
    remarks = review(bulletin)
    if as_json:
        json.dump(_record(bulletin, remarks), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for line in _lines(bulletin, remarks):
            typer.echo(line)
    for note in bulletin.notes:
        say(f"提示：{note}", quiet=quiet)


def _record(bulletin: Bulletin, remarks: Sequence[Remark]) -> dict[str, Any]:
    return {
        "kind": bulletin.kind,
        "place": bulletin.place,
        "checked": len(bulletin.figures),
        "findings": [
            {
                "severity": str(each.severity),
                "code": each.finding.code,
                "message": each.finding.message,
                "arithmetic": each.finding.arithmetic,
                "sentence": each.finding.sentence,
                "figures": list(each.figures),
            }
            for each in remarks
        ],
    }


def _lines(bulletin: Bulletin, remarks: Sequence[Remark]) -> Iterator[str]:
    from nlp.bulletin.check import Severity

    if not bulletin.figures:
        yield "没有读到统计数字，没有可核对的内容。"
        return
    errors = sum(each.severity is Severity.ERROR for each in remarks)
    found = f"错误 {errors} 处，提示 {len(remarks) - errors} 处" if remarks else "没有发现问题"
    yield f"{bulletin.title or '（没有标题）'}"
    yield f"核对了 {len(bulletin.figures)} 个数字：{found}。"
    for number, each in enumerate(remarks, 1):
        sentence = " ".join(each.finding.sentence.split())
        cut = "…" if len(sentence) > _LONGEST else ""
        yield f"\n{number}. 【{each.severity}】{each.finding.message}"
        yield f"   算式：{each.finding.arithmetic}"
        yield f"   原句：{sentence[:_LONGEST]}{cut}"
