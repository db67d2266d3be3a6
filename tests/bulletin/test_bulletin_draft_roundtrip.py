"""What a draft states, the reader reads: random years, as Markdown and as docx."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.bulletin.draft.write import DraftOptions, make_draft, out_files, write_draft
from nlp.bulletin.draft.year import Rows
from nlp.bulletin.read import read_bulletin
from nlp.outcomes import load_outcomes
from nlp.places import load_directory
from nlp.taxonomy import shipped_function_keys

FILING = {
    "立案": "filed",
    "并案": "merged",
    "转意见建议": "transferred",
    "转社情民意": "transferred_opinions",
    "不予立案": "refused",
    "撤案": "withdrawn",
}
SOURCE = {"委员提案": "members", "联名": "members", "集体提案": "groups", "界别": "groups"}
RESULTS = {
    "A": "solved",
    "已解决或基本解决": "solved",
    "列入计划逐步解决": "planned",
    "B": "planned",
    "受限暂不能解决": "limited",
    "留作参考": "explained",
    "办理中": "",
}
TOPICS = {
    "产业经济": "industry",
    "文化旅游": "culture_tourism",
    "民生福祉、产业经济": "livelihood",
    "生态环境": "ecology",
    "社会治理": "governance",
    "农业农村": "农业农村",
    "其他": "其他",
}
DIGESTS = [
    "建成停车位120个，3月底前投入使用，惠及居民2600户",
    "一是改造管网12.5公里；二是新增公交车30辆；三是办结信访事项8件",
    "县财政安排资金300万元，占全年预算的1.2%，满意率达到99%",
    "收到群众意见43件，已答复40件",
]
ENDS = ["提案", "建议", "问题"]
CHOICES = {
    "立案情况": tuple(FILING),
    "提案人类别": tuple(SOURCE),
    "重点": ("是", "否", ""),
    "办理结果": tuple(RESULTS),
    "面商": ("是", "否"),
    "办复日期": ("2025-08-20", "2025-06-01", ""),
    "满意度": ("满意", "基本满意", "不满意"),
    "主题": tuple(TOPICS),
    "承办单位": ("教育局", "水利局", "交通运输局"),
    "摘要": (*DIGESTS, ""),
    "办理时限": ("2025-07-31",),
    "会办单位": ("财政局", ""),
}


@dataclass
class Year:
    """One random year: the heads of its table, its rows, what the user adds."""

    heads: list[str]
    rows: list[dict[str, str]]
    as_of: str
    mode: Rows
    values: dict[str, list[str]] = field(default_factory=dict)

    def column(self, head: str, rows: list[dict[str, str]]) -> list[str]:
        return [row[head] for row in rows] if head in self.heads else []


@st.composite
def years(draw: st.DrawFn) -> Year:
    heads = draw(st.lists(st.sampled_from(list(CHOICES)), unique=True))
    size = draw(st.integers(1, 45))
    rows = [
        {
            "编号": f"{number:03}",
            "案由": f"关于第{number}号水渠清淤和管护的{draw(st.sampled_from(ENDS))}",
            "提案人": draw(st.sampled_from(["林向禾", "民盟云溪县支部", ""])),
            **{head: draw(st.sampled_from(CHOICES[head])) for head in heads},
        }
        for number in range(1, size + 1)
    ]
    as_of = draw(st.sampled_from(["", "2025-08-31", "2025-12-01"]))
    return Year(heads, rows, as_of, draw(st.sampled_from(list(Rows))))


def percent(part: int, base: int) -> float:
    return float((Decimal(100 * part) / base).quantize(Decimal("0.1"), ROUND_HALF_UP))


def expected(year: Year) -> dict:
    """Count anew, from the rows alone."""
    stats: dict = {"as_of": year.as_of} if year.as_of else {}
    every = len(year.rows)
    scope = year.rows
    if "立案情况" in year.heads:
        scope = [row for row in year.rows if row["立案情况"] == "立案"]
        others = Counter(FILING[row["立案情况"]] for row in year.rows)
        stats |= {"submitted": every, "filed": len(scope)}
        stats |= {name: number for name, number in others.items() if name != "filed"}
        if "transferred" not in stats and "transferred_opinions" in stats:
            stats["transferred"] = stats.pop("transferred_opinions")
        stats["shares"] = {"filed": percent(len(scope), every)}
    else:
        stats[{"received": "submitted"}.get(year.mode, str(year.mode))] = every
    who = Counter(SOURCE[cell] for cell in year.column("提案人类别", scope))
    stats |= {f"by_{name}": number for name, number in who.items()}
    if key := year.column("重点", scope).count("是"):
        stats["key"] = key
    if units := set(year.column("承办单位", scope)):
        stats["handling_units"] = len(units)
    add_results(stats, year, scope)
    add_rates(stats, year, scope)
    topics = Counter(TOPICS[cell] for cell in year.column("主题", scope))
    if topics:
        stats["topics"] = dict(topics)
        shares = {name: percent(n, len(scope)) for name, n in topics.items()}
        stats["shares"] = stats.get("shares", {}) | shares
    return stats


def add_results(stats: dict, year: Year, scope: list[dict]) -> None:
    results = [RESULTS[cell] for cell in year.column("办理结果", scope)]
    done = Counter(filter(None, results))
    if not done:
        return
    if "立案情况" in year.heads or year.mode is not Rows.HANDLED:
        stats["handled"] = done.total()
    shares = {name: percent(number, done.total()) for name, number in done.items()}
    stats["outcomes"] = folded(dict(done))
    stats["shares"] = stats.get("shares", {}) | folded(shares)
    keys = [row for row in scope if row.get("重点") == "是"]
    if keys and all(RESULTS[row["办理结果"]] for row in keys):
        stats["key_outcomes"] = folded(dict(Counter(RESULTS[row["办理结果"]] for row in keys)))


def folded(counts: dict) -> dict:
    """Where no class is limited, the explained ones are the third class."""
    if "limited" not in counts and "explained" in counts:
        counts["limited"] = counts.pop("explained")
    return counts


def add_rates(stats: dict, year: Year, scope: list[dict]) -> None:
    rates = {}
    if met := year.column("面商", scope):
        rates["consulted"] = percent(met.count("是"), len(met))
    replied = year.column("办复日期", year.rows)
    if any(replied) and scope:
        until = year.as_of or "9999"
        there = [day for day in year.column("办复日期", scope) if day and day <= until]
        rates["replied"] = percent(len(there), len(scope))
    if feedback := year.column("满意度", scope):
        happy = feedback.count("满意") + feedback.count("基本满意")
        rates["satisfied"] = percent(happy, len(feedback))
    if rates:
        stats["rates"] = rates


def stated(stats: dict) -> dict:
    """Lay statistics flat; the reader keeps what the contract has no name for under `other`."""
    return {name.removeprefix("other."): value for name, value in flat(stats)}


def flat(stats: dict, prefix: str = "") -> Iterator[tuple[str, float | str]]:
    for name, value in stats.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def save(year: Year, folder: Path) -> Path:
    path = folder / "year.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["编号", "案由", "提案人", *year.heads])
        writer.writeheader()
        writer.writerows(year.rows)
    return path


def check(year: Year, marks: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = save(year, Path(folder))
        options = DraftOptions(
            load_outcomes(),
            rows=year.mode,
            as_of=year.as_of,
            directory=load_directory("county", shipped_function_keys()),
        )
        files = out_files(Path(folder) / "b.docx", [source])
        made = make_draft([source], options)
        write_draft(files, made, marks=marks)
        wanted = stated(expected(year))
        for file in files[:2]:
            read = read_bulletin(file)
            assert stated(read.stats) == wanted, file.suffix
            assert not read.contradictions
            assert read.kind == "proposal"


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(year=years(), marks=st.booleans())
def test_the_reader_returns_what_was_counted(year, marks):
    check(year, marks)


@pytest.mark.parametrize("mode", list(Rows))
def test_a_full_year(mode):
    heads = list(CHOICES)
    rows = [
        {"编号": str(n), "案由": f"关于修复第{n}座石桥的提案", "提案人": "林向禾"}
        | {head: CHOICES[head][n % len(CHOICES[head])] for head in heads}
        for n in range(97)
    ]
    check(Year(heads, rows, "2025-09-30", mode), marks=True)


def test_suggestions_and_cases_come_back(tmp_path):
    source = tmp_path / "year.csv"
    rows = [
        {"编号": "1", "案由": "关于整治南门河道的建议", "提案人": "林向禾", "提出形式": "个人"},
        {"编号": "2", "案由": "关于延长夜班公交的建议", "提案人": "周渡", "提出形式": "个人"},
        {"编号": "3", "案由": "关于扩建镇卫生院的建议", "提案人": "", "提出形式": "代表联名"},
    ]
    told = [("A", "清淤3公里"), ("B", "一是已列入计划；二是2026年开通"), ("C", "暂无用地")]
    for row, (result, digest) in zip(rows, told, strict=True):
        row |= {"结果": result, "摘要": digest, "主办单位": "县水利局"}
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    files = out_files(tmp_path / "b.docx", [source])
    options = DraftOptions(load_outcomes(), kind="suggestion", as_of="2025-09-30")
    write_draft(files, make_draft([source], options), marks=True)
    for file in files[:2]:
        read = read_bulletin(file)
        stats = stated(read.stats)
        assert read.kind == "suggestion"
        assert (stats["submitted"], stats["handled"], stats["as_of"]) == (3, 3, "2025-09-30")
        assert [stats[f"outcomes.{name}"] for name in ("solved", "planned", "limited")] == [1] * 3
        assert [(case.title, case.outcome) for case in read.cases] == [
            (rows[0]["案由"], "solved"),
            (rows[1]["案由"], "planned"),
            (rows[2]["案由"], "limited"),
        ]
        assert [case.proposer for case in read.cases] == ["林向禾", "周渡", None]
        assert [case.points or 0 for case in read.cases] == [0, 2, 0]
        assert {case.units for case in read.cases} == {("县水利局",)}
