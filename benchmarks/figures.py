"""Rewrite what the READMEs quote of the shipped model: `python -m benchmarks.figures`.

Between `<!-- figures:begin -->` and `<!-- figures:end -->` stands a table made from
`models/default/metrics.json`, between `replies` markers one from `models/replies`, between
`example` markers the real output of EXAMPLE. Run this after every training; `tests/docs`
fails while a block is out of date.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
METRICS = ROOT / "models" / "default" / "metrics.json"
REPLY_METRICS = ROOT / "models" / "replies" / "metrics.json"
EXAMPLE = ("route", "关于解决山区群众吃水困难问题的建议", "--place", "泽州县")


@dataclass(frozen=True, slots=True)
class Wording:
    """The labels of the table in one language; `{}` takes figures."""

    head: tuple[str, str]
    parts: str
    topic: str
    clear_topic: str
    topic_f1: str
    lead: str
    lead_error: str
    co: str
    decision: str
    decided: str
    strangers: str
    refused: str


WORDINGS = {
    "README.md": Wording(
        ("figure", "value"),
        "rows: train / dev / test",
        "primary topic right",
        "… where the annotators agreed",
        "primary topic, macro F1",
        "lead right: first / in first 3 / in first 5",
        "calibration error of the lead's probability",
        "co-handlers, F1",
        "`--precision {}`",
        "{} of the rows are `auto`, {} of these right",
        "texts of unseen other genres refused",
        "proposals wrongly refused",
    ),
    "README.zh-CN.md": Wording(
        ("指标", "数值"),
        "行数：训练 / 调参 / 测试",
        "首选主题判对",
        "其中标注无争议的件",
        "首选主题宏平均 F1",
        "主办判对：第一个 / 前三个 / 前五个",
        "主办“把握”的校准误差",
        "会办 F1",
        "`--precision {}`",
        "{} 的件可自动分办，其中 {} 判对",
        "没见过的其他体裁被拒绝",
        "提案被误拒",
    ),
}


@dataclass(frozen=True, slots=True)
class ReplyWording:
    """The labels of the digests' table in one language; `{}` takes figures."""

    head: tuple[str, str]
    parts: str
    recall: str
    likeness: str
    beside: str
    grounded: str
    outcome: str
    read: str
    vague: str


REPLY_WORDINGS = {
    "README.md": ReplyWording(
        ("figure", "value"),
        "replies learned from / passages with outcomes / replies for measuring",
        "facts kept in {} characters",
        "ROUGE-L, likeness to hand-written digests",
        "{} ({}: {})",
        "figures, dates and units of the digests that stand in the reply",
        "outcome right",
        "… {} replies that state none, read by the model",
        "`vague`: precision / recall",
    ),
    "README.zh-CN.md": ReplyWording(
        ("指标", "数值"),
        "学习用的答复 / 带结果的短文 / 测试用的答复",
        "{} 字以内保住的要点",
        "ROUGE-L（与人写摘要的相似度）",
        "{}（{} {}）",
        "摘要里的数字、日期、单位在答复原文里有",
        "办理结果判对",
        "其中答复没有写明、由模型读出的 {} 件",
        "“内容空泛”提示：准确率 / 召回率",
    ),
}


def figures(metrics: Mapping[str, Any], words: Wording) -> str:
    """Return the Markdown table of a model's metrics in one language."""
    topics, lead, parts = metrics["topics"], metrics["lead"], metrics["parts"]
    rows = [
        words.head,
        ("---", "---"),
        (words.parts, " / ".join(f"{parts[p]:,}" for p in ("train", "dev", "test"))),
        (words.topic, percent(topics["accuracy"])),
        (words.clear_topic, percent(topics["unambiguous_accuracy"])),
        (words.topic_f1, f"{topics['primary_macro_f1']:.3f}"),
        (words.lead, " / ".join(percent(lead[key]) for key in ("top1", "top3", "top5"))),
        (words.lead_error, f"{lead['ece']:.3f}"),
        (words.co, f"{metrics['co']['f1']:.3f}"),
    ]
    for made in metrics["decisions"]:
        shares = words.decided.format(percent(made["auto"]), percent(made["precision"]))
        rows.append((words.decision.format(f"{made['requested']:.2f}"), shares))
    if detector := metrics.get("detector"):
        rows.append((words.strangers, percent(detector["others_rejected"])))
        rows.append((words.refused, percent(detector["proposals_rejected"])))
    return table(rows)


def reply_figures(metrics: Mapping[str, Any], words: ReplyWording) -> str:
    """Return the Markdown table of a digest model's metrics in one language."""
    parts, margin, outcome = metrics["parts"], metrics["margin"], metrics["outcome"]
    recall, likeness = metrics["fact_recall"]["value"], metrics["rouge_l"]["value"]
    simple = margin["title"]
    simple_recall = percent(recall - margin["fact_recall"]["value"])
    simple_likeness = f"{likeness - margin['rouge_l']['value']:.3f}"
    rows = [
        words.head,
        ("---", "---"),
        (words.parts, " / ".join(f"{parts[p]:,}" for p in ("replies", "passages", "test"))),
        (
            words.recall.format(metrics["max_chars"]),
            words.beside.format(percent(recall), simple, simple_recall),
        ),
        (words.likeness, words.beside.format(f"{likeness:.3f}", simple, simple_likeness)),
        (words.grounded, percent(metrics["faithfulness"]["share"])),
        (words.outcome, percent(outcome["accuracy"])),
    ]
    for basis in outcome["by_basis"]:
        if basis["kind"] == "model":
            rows.append((words.read.format(basis["rows"]), percent(basis["accuracy"])))
    for code in metrics["flags"]["codes"]:
        if code["label"] == "vague":
            both = f"{percent(code['precision'])} / {percent(code['recall'])}"
            rows.append((words.vague, both))
    return table(rows)


def table(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in rows)


def percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f} %"


def example() -> str:
    """Run EXAMPLE with the shipped model and return it as a console block."""
    command = [sys.executable, "-m", "nlp.cli.app", *EXAMPLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    name, title, *options = EXAMPLE
    shown = f'fenban {name} "{title}" {" ".join(options)}'
    return f"```console\n$ {shown}\n{done.stdout.rstrip()}\n```"


def replace_block(text: str, name: str, content: str) -> str:
    """Put content between a block's markers. Raises ValueError without exactly one pair."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"expected one pair of {begin} and {end}")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    return f"{before}{begin}\n{content}\n{end}{after}"


def refreshed() -> dict[Path, str]:
    """Return each README's text with all blocks as they should be."""
    metrics = json.loads(METRICS.read_text(encoding="utf-8"))
    of_replies = json.loads(REPLY_METRICS.read_text(encoding="utf-8"))
    shown, texts = example(), {}
    for name, words in WORDINGS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        text = replace_block(text, "figures", figures(metrics, words))
        text = replace_block(text, "replies", reply_figures(of_replies, REPLY_WORDINGS[name]))
        texts[ROOT / name] = replace_block(text, "example", shown)
    return texts


def main() -> None:
    for path, text in refreshed().items():
        changed = text != path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {'rewritten' if changed else 'already current'}")


if __name__ == "__main__":
    main()
