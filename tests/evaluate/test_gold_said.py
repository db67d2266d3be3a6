from __future__ import annotations

from nlp.evaluate.gold.said import examples, listed, nearest, short, spots

TOPICS = {"livelihood": "民生福祉", "ecology": "生态环境"}


def test_rows_of_one_sheet_are_named_together():
    where = ["甲.xlsx 表“1” 第2行", "乙.csv 第7行", "甲.xlsx 表“1” 第5行"]
    assert spots(where) == "甲.xlsx 表“1” 第2、5行，乙.csv 第7行"
    assert spots([f"乙.csv 第{n}行" for n in range(9)], 2) == "乙.csv 第0、1行 等 9 行"
    assert spots(["信.docx"]) == "信.docx"


def test_the_commonest_words_come_first():
    rows = {"甲": ["a 第1行"], "乙": ["a 第2行", "a 第3行"]}
    assert listed(rows, str.upper) == "乙×2（a 第2、3行）乙、甲×1（a 第1行）甲"


def test_the_closest_label_is_suggested():
    assert nearest("livelyhood", TOPICS) == "（是否 livelihood（民生福祉）？）"
    assert nearest("生态环保", TOPICS) == "（是否 ecology（生态环境）？）"
    assert nearest("县教肓局", {"县教育局": "县教育局"}) == "（是否 县教育局？）"
    assert nearest("农林水", TOPICS) == ""


def test_examples_of_many_labels():
    assert examples(TOPICS) == "ecology、livelihood"
    assert examples({str(n) for n in range(7)}) == "0、1、2、3、4 等 7 种"


def test_a_paragraph_in_place_of_a_label_is_cut():
    assert short("交通" * 20) == "交通" * 20
    assert short("交" * 41) == "交" * 40 + "…"
    assert listed({"长" * 5000: ["a 第1行"]}) == "长" * 40 + "…×1（a 第1行）"
    assert len(examples({"长" * 5000})) == 41
