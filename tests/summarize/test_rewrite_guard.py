"""The guard: what a model makes up does not reach the digest, what it only rewords does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import UsageError
from nlp.summarize.digest import Digest
from nlp.summarize.rewrite.guard import abstractive, inventions, rewrite
from nlp.summarize.rewrite.writers import Unwritten, open_writer
from nlp.text.split import clauses

REPLY = (
    "清河县住房和城乡建设局\n对县政协十届四次会议第63号提案的答复\n您提出的《关于改善城东片区停车的提案》收悉，"
    "现答复如下：\n一是经会同县交警大队、城关镇现场核查，已于2025年9月18日在迎宾路新建车位320个，"
    "投资1.2亿元，惠及三家医院和阳光小区；二是推行“错时停车”，周转率提高30%，开放单位由2家增至3至5家。"
    "下一步，我局将督促华源公司于2026年6月底前完成和平路改造，补助标准为3000元/人。\n"
    "清河县人民政府\n2025年10月9日"
)
DIGEST = Digest(
    "1",
    summary="已于2025年9月18日在迎宾路新建车位320个；投资1.2亿元；推行“错时停车”；"
    "督促华源公司于2026年6月底前完成和平路改造",
    model="replies",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "在迎宾路新建车位 ３２０ 个",
        "投资12000万元",
        "惠及3家医院",
        "9月在迎宾路建成车位",
        "2025年9月建成",
        "2026年6月完成和平路改造",
        "周转率提高百分之三十",
        "周转率提高三成",
        "开放单位增至3至5家",
        "补助3000元",
        "第六十三号提案已办结",
        "县政府要求加快进度",
        "清河县政府高度重视",
        "由县交警大队、城关镇共同核查",
        "推行“错时停车”，阳光小区居民停车更方便",
        "《关于改善城东片区停车的提案》收悉",
        "一是新建车位，二是错时停车",
        "2.推行错时停车",
        "我局将督促公司尽快完成改造",
        "该片区停车难已明显缓解，群众十分满意",
        "进一步优化布局，加强统筹，千方百计增加供给",
        "在道路两侧划线，第一时间办理群众诉求，以群众为中心",
        "该县将总结办法，在全市推广",
        "",
    ],
)
def test_rewording_passes(sentence):
    assert inventions(sentence, REPLY) == ()


@pytest.mark.parametrize(
    ("sentence", "invented"),
    [
        ("投资300万元", "300万元"),
        ("投资1.3亿元", "1.3亿元"),
        ("投资12亿元", "12亿元"),
        ("新建车位32个", "32个"),
        ("新建车位3200个", "3200个"),
        ("新建车位300多个", "300多个"),
        ("惠及四家医院", "四家"),
        ("惠及数十家医院", "数十"),
        ("开放单位增至5家", "5家"),
        ("开放单位增至2至5家", "2至5家"),
        ("提高30个百分点", "30个百分点"),
        ("周转率翻一番", "翻一番"),
        ("补助3000元/年", "3000元/年"),
        ("第64号提案已办结", "第64号"),
        ("开展三大行动", "三大"),
        ("2025年9月19日建成", "2025年9月19日"),
        ("2024年9月建成", "2024年9月"),
        ("2025年底前建成", "2025年底前"),
        ("今年9月建成", "今年9月"),
        ("2026年6月15日完成", "2026年6月15日"),
        ("2026年上半年完成", "2026年上半年"),
        ("县水利局牵头", "县水利局"),
        ("市交警大队现场核查", "市交警大队"),
        ("由清源县交警大队核查", "清源县"),
        ("督促华能公司完成改造", "华能公司"),
        ("会同河口镇核查", "河口镇"),
        ("在解放路新建车位", "解放路"),
        ("惠及幸福小区", "幸福小区"),
        ("经县纪委同意", "县纪委"),
        ("由县信访办负责", "县信访办"),
        ("县法院已受理", "县法院"),
        ("山西已有先例", "山西"),
        ("依据《停车管理条例》", "《停车管理条例》"),
        ("推行“共享停车”", "“共享停车”"),
    ],
)
def test_inventions_are_found(sentence, invented):
    assert any(invented in found or found in invented for found in inventions(sentence, REPLY))


@pytest.mark.parametrize(
    ("sentence", "reply"),
    [
        ("2025年9月18日", "9月18日"),
        ("3个", "3个月"),
        ("100平方", "100平方公里"),
        ("3家", "13家"),
        ("13家", "3家"),
        ("18月", "8月完成，共1。"),
        ("320家", "第3 20家"),
        ("300万元", "300多万元"),
        ("20日", "20家"),
        ("二期工程", "一期工程"),
        ("清河市", "清河县"),
        ("平和县", "县"),
        ("城东小学", "城西小学"),
        ("县水利局、县教育局", "县水利局"),
    ],
)
def test_near_misses_count_as_inventions(sentence, reply):
    assert inventions(sentence, reply)


def test_all_inventions_of_a_text_are_told_once():
    found = inventions("投资300万元；县水利局牵头。\n再投资300万元", REPLY)
    assert found == ("300万元", "县水利局")


def test_a_faithful_rewriting_is_kept():
    written = "9月在迎宾路建成车位320个。下一步改造和平路！"
    found = rewrite(DIGEST, REPLY, written, 120)
    assert found.summary == "9月在迎宾路建成车位320个；下一步改造和平路！"
    assert (found.method, found.note, found.spans) == ("abstractive", "", DIGEST.spans)


def test_an_invention_is_replaced_by_the_likest_piece_and_told():
    found = rewrite(DIGEST, REPLY, "推行错时停车；督促华源公司投资300万元改造和平路。", 120)
    assert found.summary == "推行错时停车；督促华源公司于2026年6月底前完成和平路改造。"
    assert found.note == "第2句有答复中没有的“300万元”，已换成原文。"
    assert found.method == "abstractive"


def test_each_piece_is_used_once_and_what_has_none_is_dropped():
    short = replace(DIGEST, summary="投资1.2亿元", note="答复较长。")
    written = "车位已建成。投资5亿元。投资6亿元。"
    found = rewrite(short, REPLY, written, 120)
    assert found.summary == "车位已建成；投资1.2亿元。"
    assert found.note == (
        "答复较长；第2句有答复中没有的“5亿元”，已换成原文；第3句有答复中没有的“6亿元”，已删去。"
    )


def test_a_piece_that_the_model_has_said_already_is_not_repeated():
    short = replace(DIGEST, summary="投资1.2亿元")
    found = rewrite(short, REPLY, "共投资1.2亿元；新建泊位999个", 120)
    assert found.summary == "共投资1.2亿元。"


def test_last_sentences_go_until_the_limit_holds():
    written = "9月建成车位320个；推行错时停车；投资300万元"
    found = rewrite(DIGEST, REPLY, written, 20)
    assert found.summary == "9月建成车位320个；推行错时停车。"
    assert found.note == ""


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "模型没有写出内容"),
        (" \n。", "模型没有写出内容"),
        ("投资5亿元；投资6亿元。", "都有答复中没有的“5亿元”、“6亿元”"),
        ("车位" * 80, "模型写的超过120字"),
    ],
)
def test_the_extractive_digest_comes_back_with_a_note(written, why):
    found = rewrite(DIGEST, REPLY, written, 120)
    assert replace(found, note="") == DIGEST
    assert why in found.note and found.note.endswith("摘要用原文。")


WORDS = st.sampled_from(
    (
        "投资 新建 督促 由 和 、 ， ； 。 “ ” 《 》 320个 300万元 3 0 亿元 1. 一是 三家 2025年 9月 "
        "18日 底前 县 市 镇 清河 华源 和平 路 局 公司 水利 住房和城乡建设 小区 阳光 第 \n 错时停车 "
        "完成 ！ 人民政府 山西 两 多 % 办 委"
    ).split(" ")
)
TEXTS = st.lists(WORDS, max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(written=TEXTS, reply=TEXTS, max_chars=st.integers(5, 80), data=st.data())
def test_a_rewriting_never_has_inventions(written, reply, max_chars, data):
    reply = data.draw(st.sampled_from([reply, REPLY, reply + written]))
    pieces = [span.of(reply).strip("；。\n") for span in clauses(reply)]
    digest = Digest("1", summary="；".join(data.draw(st.permutations(pieces))))
    found = rewrite(digest, reply, written, max_chars)
    if found.method == "extractive":
        assert found.summary == digest.summary and found.note
    else:
        assert inventions(found.summary, reply) == ()
        assert 0 < len(found.summary) <= max_chars


@settings(max_examples=100, deadline=None)
@given(reply=TEXTS)
def test_a_line_has_no_inventions_of_itself(reply):
    line = reply.replace("\n", "")
    assert inventions(line, line) == ()


class Parrot:
    name = "parrot"

    def __init__(self):
        self.batches = []

    def write(self, replies, max_chars):
        self.batches.append(len(replies))
        return [Unwritten("坏了。") if "坏" in r else r.partition("。")[0] for r in replies]


def test_abstractive_streams_in_order_and_leaves_errors_alone():
    def rows():
        for number in range(5):
            yield f"已建成车位{number}个。感谢", Digest(f"{number}", summary="无", model="m")
        yield "", Digest("5", error="读不出来")
        yield " ", Digest("6")
        yield "坏的答复", Digest("7", summary="原文")

    writer = Parrot()
    found = list(abstractive(rows(), writer, 50, batch=3))
    assert [d.id for d in found] == list("01234567")
    assert [d.summary for d in found[:5]] == [f"已建成车位{n}个。" for n in range(5)]
    assert {d.model for d in found[:5]} == {"m+parrot"}
    assert found[5] == Digest("5", error="读不出来") and found[6] == Digest("6")
    assert found[7].note == "坏了，摘要用原文。" and found[7].summary == "原文"
    assert writer.batches == [3, 2, 1]


def test_abstractive_takes_no_more_than_a_batch_ahead():
    taken = []
    rows = ((taken.append(n) or "好。", Digest(str(n))) for n in range(100))
    next(abstractive(rows, Parrot(), 50, batch=4))
    assert taken == [0, 1, 2, 3]


def test_a_writer_must_be_named():
    with pytest.raises(UsageError, match="--model hf:模型文件夹，或 --endpoint"):
        open_writer()
    assert open_writer("m", endpoint="http://127.0.0.1:9/v1").name == "m@http://127.0.0.1:9"
