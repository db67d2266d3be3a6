"""A reply as a row of numbers, and the words that tell its outcome."""

import numpy as np
import pytest

from nlp.summarize.features import NAMES
from nlp.summarize.profile import ASKED, COLUMNS, TOP, WEIGHTIEST, profiled
from nlp.summarize.reading import read_reply
from nlp.summarize.roles import ROLES
from nlp.types import Reply

TEXT = "路已修，灯已亮，桥已架，树已种，渠已清，井已打。"
SIZE = len(ROLES)


def one(text, values, roles=None, title=""):
    reading = read_reply(Reply("1", text, title))
    count = len(reading.clauses)
    roles = np.eye(SIZE, dtype=np.float32)[np.zeros(count, int) if roles is None else roles]
    return profiled(reading, roles, np.array(values, np.float32))


def parts(profile):
    """Cut a profile: strongest, by value, of the top, of the end, asked, plain."""
    return np.split(profile, [SIZE, 2 * SIZE, 3 * SIZE, 4 * SIZE, 4 * SIZE + len(ASKED)])


def test_roles_are_told_by_strength_share_top_and_end():
    found = one(TEXT, [0.8, 0.4, 0.1, 0.1, 0.1, 0.0], [0, 1, 2, 3, 1, 4])
    assert found.profile.shape == (COLUMNS,)
    strongest, by_value, top, end, _, _ = parts(found.profile)
    assert strongest[:6].tolist() == [1, 1, 1, 1, 1, 0]
    weights = np.array([0.64, 0.16, 0.01, 0.01, 0.01, 0.0004])
    assert by_value[0] == pytest.approx(0.64 / weights.sum(), abs=1e-5)
    assert by_value[1] == pytest.approx(0.17 / weights.sum(), abs=1e-5)
    assert by_value.sum() == pytest.approx(1, abs=1e-5)
    assert top[:5].tolist() == [1 / TOP, 1 / TOP, 1 / TOP, 1 / TOP, 0]
    assert end[:5].tolist() == [0, 0.5, 0, 0, 0.5]


def test_how_concrete_it_is():
    text = "已投资30万元，修路2公里，将于9月底前完工，认真加强管理。"
    plain = parts(one(text, [0.5, 0.7, 0.2, 0.1]).profile)[-1]
    rows = read_reply(Reply("1", text)).rows
    assert plain[0] == pytest.approx(np.log1p(4))
    assert plain[1] == pytest.approx(np.log1p(len(text)))
    assert plain[2] == pytest.approx(np.log1p(3))
    assert plain[3] == pytest.approx(3 / 4)
    assert rows[:, NAMES.index("deadline")].sum() == 1
    assert plain[4] == pytest.approx(np.log1p(1))
    assert plain[5] == 1 / 4
    assert plain[7] == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("南街何时通气", ["question"]),
        ("咨询落户手续", ["question"]),
        ("投诉早市占道", ["complaint"]),
        ("盼修东河桥", ["request"]),
        ("关于修东河桥的建议", ["proposal"]),
        ("反映井盖缺失", ["report"]),
        ("投诉物业乱收费如何处理的问题", ["question", "complaint", "report"]),
        ("", []),
    ],
)
def test_what_the_title_asks_for(title, asked):
    for text, values in ((TEXT, [0.1] * 6), ("", [])):
        found = parts(one(text, values, title=title).profile)[4]
        assert [name for name, said in zip(ASKED, found, strict=True) if said] == asked


def test_a_reply_without_clauses_is_zeros():
    found = one("", [])
    assert found.profile.tolist() == [0.0] * COLUMNS
    assert found.weightiest == ""


def test_the_weightiest_clauses_in_their_order():
    assert one(TEXT, [0.1, 0.9, 0.2, 0.3, 0.8, 0.1]).weightiest == TEXT
    text = "".join(f"第{at}处涵洞已经清淤疏通并恢复过水能力，" for at in range(10, 40))
    values = np.linspace(0, 1, 30)
    found = one(text, values).weightiest
    assert len(text) > WEIGHTIEST >= len(found) > WEIGHTIEST - 25
    assert text.endswith(found)
    assert text.startswith(one(text, values[::-1]).weightiest)


def test_of_equal_clauses_the_first():
    text = "".join(f"第{at}处涵洞已经清淤疏通并恢复过水能力，" for at in range(10, 40))
    assert text.startswith(one(text, np.zeros(30)).weightiest)
