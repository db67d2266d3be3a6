from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nlp.classify.duties import DutyIndex
from nlp.classify.router import Router
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.corpus.rows import Row
from nlp.encode import ngrams
from nlp.errors import InputError, UsageError
from nlp.evaluate.run import EvaluationOptions, evaluate
from nlp.heads.linear import fit_multi, fit_single
from nlp.taxonomy import Function

SUBJECTS = {
    ("livelihood", "education"): "校园午餐 乡村教师待遇 中小学课后服务 幼儿园学位 学校操场维修 "
    "中小学生近视防控 校园欺凌治理 乡村教师住房 学校食堂卫生 职业学校实训",
    ("livelihood", "health"): "乡村医生养老 县医院停车 社区卫生站药品 基层医院设备 中医院门诊楼 "
    "医院挂号难 村卫生室医生补助 妇幼医院床位 社区医生签约 医院急救站",
    ("ecology", "water"): "河道清淤 水库除险 农村饮水管网 河道采砂监管 灌区渠道维修 水库移民 "
    "河道岸线绿化 饮水水源保护 灌区水价 河道排污口",
    ("industry", "industry_it"): "工业园区用电 工业企业技改 宽带提速 中小企业数字化 工业互联网 "
    "企业技改补贴 农村宽带覆盖 工业设计 园区企业用工 中小企业融资",
}
FUNCTIONS = ("education", "health", "water", "industry_it")
TOPICS = ("livelihood", "ecology", "industry")


def written_rows() -> list[Row]:
    partners = {"education": ("health",), "health": (), "water": (), "industry_it": ("education",)}
    return [
        Row(
            f"{function}-{i}",
            f"关于{subject}的建议",
            topics=(topic,),
            lead=function,
            co=partners[function],
        )
        for (topic, function), subjects in SUBJECTS.items()
        for i, subject in enumerate(subjects.split())
    ]


def trained(rows: list[Row]) -> Router:
    encoder = ngrams.fit("ngrams:1-2", [row.title for row in rows])
    matrix, weight = encoder.encode([row.title for row in rows]), np.ones(len(rows))
    co = np.array([[f in row.co for f in FUNCTIONS] for row in rows], np.int8)
    functions = tuple(Function(key, key) for key in FUNCTIONS)
    topics, leads = [row.topics[0] for row in rows], [row.lead for row in rows]
    return Router(
        "written@0",
        encoder,
        functions,
        TopicModel(
            TOPICS, TOPICS, fit_single(matrix, topics, TOPICS, weight, inverse_penalty=100.0)
        ),
        UnitModel(
            FUNCTIONS,
            fit_single(matrix, leads, FUNCTIONS, weight, inverse_penalty=100.0),
            fit_multi(matrix, co, FUNCTIONS, weight, inverse_penalty=100.0),
            np.zeros((4, 4)),
        ),
        None,
        (),
        DutyIndex(functions),
    )


def test_a_trained_model_finds_its_own_rows_again(toy):
    rows = written_rows()
    result = evaluate(trained(rows), rows, EvaluationOptions(toy.directory)).evaluation
    assert (result.model, result.place, result.rows) == ("written@0", "试县", 40)
    assert result.topics.accuracy == 1.0
    assert result.lead.top1 == 1.0
    assert {s.function: s.support for s in result.lead.functions} == dict.fromkeys(FUNCTIONS, 10)
    assert result.co.rows == 40
    assert result.co.f1 > 0.9
    # no held-out curve, so nothing is routed alone
    assert (result.decision.auto, result.decision.aurc) == (0.0, 0.0)


def test_swapped_labels_are_scored_as_wrong(toy):
    rows = written_rows()
    swap = dict(zip(FUNCTIONS, (*FUNCTIONS[1:], FUNCTIONS[0]), strict=True))
    wrong = [replace(row, lead=swap[row.lead]) for row in rows]
    result = evaluate(trained(rows), wrong, EvaluationOptions(toy.directory)).evaluation
    assert result.lead.top1 == 0.0
    assert result.lead.macro_f1 == 0.0
    assert result.decision.aurc == 1.0


def test_all_parts_together(toy):
    result = evaluate(toy.router, toy.rows, EvaluationOptions(toy.directory)).evaluation
    assert (result.topics.accuracy, result.lead.top1, result.co.rows) == (0.5, 0.5, 3)
    assert (result.decision.requested, result.decision.precision) == (0.95, 0.5)
    options = EvaluationOptions(toy.directory, 0.9, empty_co_means_unknown=True)
    assert evaluate(toy.router, toy.rows, options).evaluation.co.rows == 2


def test_a_topics_only_model_has_no_unit_scores(toy):
    result = evaluate(toy.topics_only, toy.rows, EvaluationOptions(toy.directory)).evaluation
    assert result.lead is None
    assert result.co is None
    assert result.topics.rows == 4


def test_a_units_only_model_has_no_topic_scores(toy):
    router = replace(toy.router, topics=None)
    result = evaluate(router, toy.rows, EvaluationOptions(toy.directory)).evaluation
    assert result.topics is None
    assert result.lead.top1 == 0.5


@pytest.mark.parametrize("kept", [0, 1])
def test_rows_without_labels_are_refused(toy, kept):
    with pytest.raises(InputError, match="没有一件"):
        evaluate(toy.router, toy.rows[4 : 4 + kept], EvaluationOptions(toy.directory))


def test_blank_rows_are_reported(toy):
    rows = [*toy.rows, Row("blank", " ", lead="water")]
    result = evaluate(toy.router, rows, EvaluationOptions(toy.directory)).evaluation
    assert (result.rows, result.empty, result.lead.rows) == (6, ("blank",), 4)


@pytest.mark.parametrize("precision", [0.4, 1.0, 1.5])
def test_impossible_precision(toy, precision):
    with pytest.raises(UsageError):
        EvaluationOptions(toy.directory, precision)
