"""Gate files: YAML with floors, ceilings and the model that must not be undercut.

Parse, audit, construct: every slip is reported with its line, for a rule that is not
understood would be a rule that is not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isfinite
from pathlib import Path

from nlp.evaluate.figures import LOWER_IS_BETTER, NEITHER
from nlp.evaluate.gate import Gate, Limit
from nlp.evaluate.words import FIGURES
from nlp.yamlfile import Audit, Node, did_you_mean, read_yaml

FIELDS = ("floors", "ceilings", "not_worse_than", "figures", "precision")
FLOORS = tuple(name for name in FIGURES if name not in LOWER_IS_BETTER | NEITHER)
CEILINGS = tuple(name for name in FIGURES if name in LOWER_IS_BETTER | NEITHER)
COMPARED = tuple(name for name in FIGURES if name not in NEITHER)
_HINT = "写法见 docs/data-files.md 的“评测门槛”。"


def read_gate(path: Path) -> Gate:
    """Read a gate file; `not_worse_than` is relative to the file's folder.

    Raises InputError for a file that can't be opened, DataError with every fault and its line.
    """
    node, audit = read_yaml(path)
    if node.value == "":
        audit.add(node.line, f"文件是空的，应写出要求，字段有 {'、'.join(FIELDS)}")
        audit.finish(_HINT)
    fields = _fields(node, audit)
    floors = _limits(fields.get("floors"), "floors", FLOORS, audit)
    ceilings = _limits(fields.get("ceilings"), "ceilings", CEILINGS, audit)
    model = fields.get("not_worse_than")
    other = audit.text(model, "现用模型的目录（not_worse_than）", node) if model else ""
    figures = _figures(fields, floors, other, audit)
    precision = _precision(fields.get("precision"), audit)
    if not (floors or ceilings or other) and not audit.faults:
        audit.add(node.line, "一项要求也没有，floors、ceilings、not_worse_than 至少写一项")
    audit.finish(_HINT)
    return Gate(
        file=path,
        floors=floors,
        ceilings=ceilings,
        not_worse_than=path.parent / other if other else None,
        figures=figures,
        precision=precision,
    )


def _fields(node: Node, audit: Audit) -> dict[str, Node]:
    """Return the fields; one that is left empty asks for nothing, which can't be meant."""
    fields = audit.fields(node, "门槛", FIELDS)
    for name, child in node.value.items() if isinstance(node.value, dict) else ():
        if name in FIELDS and name not in fields:
            audit.add(child.line, f"{name} 后面没有内容，请写上，或删去这一行")
    return fields


def _limits(
    node: Node | None, field: str, allowed: Collection[str], audit: Audit
) -> tuple[Limit, ...]:
    if node is None:
        return ()
    if not isinstance(node.value, dict):
        audit.add(node.line, f"{field} 应逐行写成“数字的名称: 值”，例如 lead.top1: 0.75")
        return ()
    return tuple(_entries(node.value, field, allowed, audit))


def _entries(
    entries: dict[str, Node], field: str, allowed: Collection[str], audit: Audit
) -> Iterator[Limit]:
    for name, child in entries.items():
        known = _known(name, child.line, field, allowed, audit)
        value = _share(child, f"{name} 的要求", audit)
        if known and value is not None:
            yield Limit(name, value)


def _known(name: str, line: int, field: str, allowed: Collection[str], audit: Audit) -> bool:
    """Tell whether a figure may stand in a field; if not, say why."""
    if name in allowed:
        return True
    listed = f"这里可以写的有 {'、'.join(allowed)}"
    if name not in FIGURES:
        audit.add(line, f"没有叫“{name}”的数字{did_you_mean(name, FIGURES)}，{listed}")
    elif field == "floors":
        where = "越低越好" if name in LOWER_IS_BETTER else "并非越高越好"
        audit.add(line, f"{name} {where}，应写在 ceilings 里")
    elif field == "ceilings":
        audit.add(line, f"{name} 越高越好，应写在 floors 里")
    else:
        audit.add(line, f"{name} 高低没有好坏之分，不能用来比较；{listed}")
    return False


def _share(node: Node, what: str, audit: Audit) -> float | None:
    """Read a number between 0 and 1; None, with a fault, for anything else."""
    written = node.value.strip() if isinstance(node.value, str) else ""
    try:
        value = float(written)
    except ValueError:
        shown = f"“{written}”" if written else "空的或不是单个的值"
        audit.add(node.line, f"{what}是{shown}，应是 0 到 1 之间的数，例如 0.75")
        return None
    if not isfinite(value) or not 0 <= value <= 1:
        audit.add(node.line, f"{what}是 {written}，应在 0 到 1 之间：86% 写成 0.86")
        return None
    return value


def _figures(
    fields: dict[str, Node], floors: tuple[Limit, ...], other: str, audit: Audit
) -> tuple[str, ...]:
    """Return what is compared: the figures named, else those that have floors."""
    node = fields.get("figures")
    if node is None:
        if other and not floors and not audit.faults:
            line = fields["not_worse_than"].line
            audit.add(line, "没有 floors 时，要用 figures 写明比较哪些数字，例如 [lead.top1]")
        return tuple(limit.figure for limit in floors) if other else ()
    if "not_worse_than" not in fields:
        audit.add(node.line, "figures 说的是与哪个模型比较时看什么，要同时写 not_worse_than")
    names = audit.texts(node, "figures")
    if not names and node.value == []:
        audit.add(node.line, "figures 是空的，请写上要比较的数字，或删去这一行")
    kept = [name for name, line in names if _known(name, line, "figures", COMPARED, audit)]
    return tuple(dict.fromkeys(kept))


def _precision(node: Node | None, audit: Audit) -> float | None:
    from nlp.classify.decide import check_precision
    from nlp.errors import UsageError

    value = _share(node, "precision 的值", audit) if node else None
    if node is None or value is None:
        return None
    try:
        check_precision(value)
    except UsageError:
        audit.add(node.line, f"precision 是 {value:g}，应在 0.5 到 1 之间（不含 1）")
    return value
