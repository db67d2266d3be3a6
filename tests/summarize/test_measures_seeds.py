"""On the real reports, the measures found in a case are those counted by hand."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from nlp.summarize.letter.measures import measures
from nlp.summarize.letter.reply import parse_reply
from nlp.text.clean import clean_text

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES = SHARED / "gold" / "cases.jsonl"
SEEDS = SHARED / "seeds"
HEADING = re.compile(
    r"\n(?:\d{1,2}\s*[.．、]\s*关于|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)"
)
LEAST = 0.9


def passage(text: str, title: str) -> str:
    """Cut out what follows a case's quoted title, up to the next case or heading."""
    found = re.search(rf"[《“\"]{re.escape(title)}[》”\"]", text)
    assert found, title
    heading = HEADING.search(text, found.end())
    following = re.search(r"[《“\"]关于", text[found.end() :])
    ends = [len(text)]
    ends += [heading.start()] if heading else []
    ends += [found.end() + following.start()] if following else []
    return text[found.end() : min(ends)]


@pytest.mark.skipif(
    not (CASES.exists() and SEEDS.is_dir()),
    reason="需要 ../shared/gold/cases.jsonl 和 ../shared/seeds",
)
def test_measures_of_the_cases(record_property):
    cases = defaultdict(list)
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["form"] == "case":
            cases[case["source"]].append(case)
    right, wrong = 0, []
    for source, listed in cases.items():
        text = clean_text((SEEDS / f"{source}.txt").read_text(encoding="utf-8"))
        for case in listed:
            found = len(measures(parse_reply(passage(text, case["title"]))))
            right += found == case["points"]
            if found != case["points"]:
                wrong.append((case["title"], case["points"], found))
    total = sum(map(len, cases.values()))
    record_property("right", f"{right}/{total}")
    assert total >= 25
    assert right >= LEAST * total, wrong
