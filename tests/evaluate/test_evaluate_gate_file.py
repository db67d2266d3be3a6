"""Gate files: what is understood becomes a gate, everything else is said with its line."""

from pathlib import Path

import pytest

from nlp.errors import DataError, InputError
from nlp.evaluate.figures import LOWER_IS_BETTER, NEITHER
from nlp.evaluate.gate import Limit
from nlp.evaluate.gate_file import CEILINGS, COMPARED, FLOORS, read_gate
from nlp.evaluate.words import FIGURES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        file = tmp_path / "门槛.yaml"
        file.write_text(text, encoding="utf-8")
        return read_gate(file)

    return write_and_read


@pytest.fixture
def faults(read):
    def found(text):
        with pytest.raises(DataError) as caught:
            read(text)
        assert "评测门槛" in caught.value.hint
        return caught.value.faults

    return found


def test_everything_that_can_be_written(read, tmp_path):
    gate = read(
        "floors: {topics.unambiguous_accuracy: 0.86, lead.top1: 0.75}\n"
        "ceilings: {lead.ece: 0.06, decision.review: 0.7}\n"
        "not_worse_than: 现用/模型\n"
        "figures: [lead.top1, topics.accuracy, lead.top1]\n"
        "precision: 0.95\n"
    )
    assert gate.floors == (Limit("topics.unambiguous_accuracy", 0.86), Limit("lead.top1", 0.75))
    assert gate.ceilings == (Limit("lead.ece", 0.06), Limit("decision.review", 0.7))
    assert gate.not_worse_than == tmp_path / "现用" / "模型"
    assert gate.figures == ("lead.top1", "topics.accuracy")
    assert gate.precision == 0.95


def test_figures_compared_are_those_with_floors(read):
    gate = read("floors: {lead.top1: 0, co.f1: 1}\nnot_worse_than: /models/a\n")
    assert gate.figures == ("lead.top1", "co.f1")
    assert gate.not_worse_than == Path("/models/a")
    alone = read("floors: {lead.top1: 0.5}\n")
    assert (alone.not_worse_than, alone.figures, alone.precision) == (None, (), None)


def test_every_figure_has_its_section():
    assert set(FLOORS) | set(CEILINGS) == set(FIGURES)
    assert not set(FLOORS) & set(CEILINGS)
    assert set(CEILINGS) == LOWER_IS_BETTER | NEITHER
    assert set(FIGURES) - set(COMPARED) == NEITHER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第1行：文件是空的"),
        ("# 只有说明\n", "第1行：文件是空的"),
        ("- lead.top1\n", "门槛应写成“字段: 值”，字段有 floors、ceilings"),
        ("precision: 0.9\n", "第1行：一项要求也没有"),
        ("floors: {}\n", "第1行：一项要求也没有"),
        ("floors:\nceilings: {lead.ece: 0.1}\n", "第1行：floors 后面没有内容"),
        ("floor: {lead.top1: 0.7}\n", "第1行：门槛没有“floor”这个字段（是否 floors？）"),
        ("floors: [lead.top1]\n", "第1行：floors 应逐行写成“数字的名称: 值”"),
        ("floors: {lead.top1: 八成}\n", "lead.top1 的要求是“八成”，应是 0 到 1 之间的数"),
        ("floors: {lead.top1: }\n", "lead.top1 的要求是空的或不是单个的值"),
        ("floors: {lead.top1: [0.7]}\n", "lead.top1 的要求是空的或不是单个的值"),
        ("floors: {lead.top1: 86%}\n", "lead.top1 的要求是“86%”"),
        ("floors: {lead.top1: 86}\n", "lead.top1 的要求是 86，应在 0 到 1 之间：86% 写成 0.86"),
        ("floors: {lead.top1: .nan}\n", "lead.top1 的要求是“.nan”"),
        ("floors: {lead.top1: nan}\n", "lead.top1 的要求是 nan，应在 0 到 1 之间"),
        ("floors: {lead.top1: -inf}\n", "lead.top1 的要求是 -inf，应在 0 到 1 之间"),
        ("floors: {lead.ece: 0.1}\n", "lead.ece 越低越好，应写在 ceilings 里"),
        ("floors: {decision.review: 0.1}\n", "decision.review 并非越高越好，应写在 ceilings 里"),
        ("ceilings: {lead.top1: 0.1}\n", "lead.top1 越高越好，应写在 floors 里"),
        ("floors: {lead.top1: 1}\nfigures: [lead.top1]\n", "第2行：figures 说的是与哪个模型比较"),
        ("not_worse_than: a\n", "第1行：没有 floors 时，要用 figures 写明"),
        ("not_worse_than: a\nfigures: []\n", "第2行：figures 是空的"),
        ("not_worse_than: a\nfigures: lead.top1\n", "第2行：figures应是列表"),
        ("not_worse_than: a\nfigures: [decision.abstain]\n", "高低没有好坏之分"),
        ("not_worse_than: [a]\nfigures: [co.f1]\n", "现用模型的目录（not_worse_than）应是一段文字"),
        ("floors: {lead.top1: 1}\nprecision: 0.3\n", "第2行：precision 是 0.3，应在 0.5 到 1"),
        ("floors: {lead.top1: 1}\nprecision: 1\n", "第2行：precision 是 1，应在 0.5 到 1"),
        ("floors: {lead.top1: 1}\nprecision: 高\n", "第2行：precision 的值是“高”"),
    ],
)
def test_a_slip_is_said_with_its_line(text, said, faults):
    assert any(said in fault for fault in faults(text)), faults(text)


def test_an_unknown_figure_gets_a_guess_and_the_list(faults):
    (fault,) = faults("floors:\n  lead.top2: 0.5\n")
    assert fault.startswith("第2行：没有叫“lead.top2”的数字（是否 lead.top")
    assert all(name in fault for name in FLOORS)


def test_all_slips_are_said_at_once(faults):
    text = "floors: {lead.top1: x, nothing: 0.5}\nceilings: {co.f1: 2}\nprecison: 0.9\n"
    assert len(faults(text)) == 5


def test_a_figure_named_twice_is_a_slip(read):
    with pytest.raises(DataError, match=r"“lead\.top1”写了两次"):
        read("floors:\n  lead.top1: 0.7\n  lead.top1: 0.8\n")


def test_what_is_no_yaml_or_not_there(read, tmp_path):
    with pytest.raises(DataError, match="第2行"):
        read("floors:\n\tlead.top1: 0.7\n")
    with pytest.raises(InputError, match="打不开文件"):
        read_gate(tmp_path / "没有.yaml")
    with pytest.raises(InputError, match="这是文件夹"):
        read_gate(tmp_path)


def test_the_projects_own_gate_is_read():
    gate = read_gate(ROOT / "gate.yaml")
    assert gate.precision == 0.95
    assert {"topics.unambiguous_accuracy", "lead.top1"} <= {each.figure for each in gate.floors}
    assert {each.figure for each in gate.ceilings} >= {"lead.ece"}
    assert gate.not_worse_than is None
