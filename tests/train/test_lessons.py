"""What a student hears: the labelled rows first, then many texts, none of them twice."""

from collections import Counter

import pytest

from nlp.classify.features import Text
from nlp.corpus.rows import Row
from nlp.taxonomy import Duty, Function
from nlp.train import lessons as module
from nlp.train.lessons import NOBODY, WORDS, common_words, lessons
from nlp.train.material import duty_rows, views

FUNCTIONS = (
    Function("water", "水利", duties=(Duty("农村供水", ("吃水", "水表")),)),
    Function("road", "交通", duties=(Duty("公路养护", ("坑洼", "断头路")),)),
)
ROWS = [
    Row("1", "关于修建农村公路的建议", "村口的路坑坑洼洼。下雨天校车开不进来。", ("life",), "road"),
    Row("2", "关于解决山区吃水困难的提案", "", ("land",), "water", weight=2.0),
    Row("3", "", "河道里的垃圾没有人清理。", ("land",), "water"),
]
OWN = (Text("关于增设路灯的建议", "晚上太黑。"), Text("古树保护"))


@pytest.fixture(scope="module", autouse=True)
def words():
    """Sort the dictionary once: it takes longer than all the rest."""
    found = list(common_words())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "common_words", lambda: iter(found))
        yield found


@pytest.fixture(scope="module")
def heard():
    return lessons(ROWS, FUNCTIONS, OWN, seed=0)


@pytest.fixture(scope="module")
def labelled():
    return views(ROWS).joined(views(duty_rows(FUNCTIONS)))


def test_labelled_rows_stand_first_with_their_labels(heard, labelled):
    count = len(labelled.texts)
    assert heard.texts[:count] == labelled.texts
    assert heard.rows[:count] == labelled.rows
    assert heard.weights[:count].tolist() == labelled.weights.tolist()


def test_all_other_texts_have_no_labels(heard, labelled):
    others = heard.rows[len(labelled.rows) :]
    assert set(others) == {NOBODY}
    assert (NOBODY.topics, NOBODY.lead, NOBODY.co) == (None, None, None)


def test_there_are_as_many_rows_and_weights_as_texts(heard):
    assert len(heard.texts) == len(heard.rows) == len(heard.weights)
    assert (heard.weights > 0).all()


def test_no_text_is_asked_about_twice(heard):
    twice = [text for text, count in Counter(heard.texts).items() if count > 1]
    assert twice == []


def test_no_text_is_blank(heard):
    assert all(text.whole.strip() for text in heard.texts)


def test_the_seed_alone_decides(heard):
    again = lessons(ROWS, FUNCTIONS, OWN, seed=0)
    assert again.texts == heard.texts
    assert again.weights.tolist() == heard.weights.tolist()
    assert lessons(ROWS, FUNCTIONS, OWN, seed=1).texts != heard.texts


def test_unlabelled_texts_are_asked_about_too(heard):
    assert set(OWN) <= set(heard.texts)
    assert not set(OWN) & set(lessons(ROWS, FUNCTIONS, (), seed=0).texts)


def test_an_unlabelled_text_that_is_labelled_already_is_not_asked_again(heard):
    known = Text("关于解决山区吃水困难的提案")
    again = lessons(ROWS, FUNCTIONS, (*OWN, *OWN, known, Text("")), seed=0)
    assert again.texts == heard.texts


def test_sentences_of_bodies_are_asked_about(heard):
    assert Text("下雨天校车开不进来") in heard.texts


def test_every_duty_word_stands_in_a_title(heard, labelled):
    new = [text.title for text in heard.texts[len(labelled.texts) :]]
    for word in ("农村供水", "吃水", "水表", "公路养护", "坑洼", "断头路"):
        assert any(word in title and title != word for title in new)
    assert not any("{}" in title for title in new)


def test_titles_get_a_second_subject(heard):
    assert any(text.title.startswith("关于修建农村公路、加强") for text in heard.texts)


def test_common_words_are_chinese_and_each_once(heard, words):
    assert len(words) == len(set(words)) == WORDS
    assert {"学校", "公路"} <= set(words)
    assert all(2 <= len(word) <= 4 for word in words)
    assert {Text(word) for word in words} <= set(heard.texts)


def test_nothing_counts_as_much_as_a_labelled_title(heard, labelled):
    count = len(labelled.texts)
    assert heard.weights[count:].max() <= 1.0 < heard.weights[:count].max()


def test_without_functions_and_topics():
    bare = [Row("1", "修桥", lead="road"), Row("2", "修井", lead="water")]
    found = lessons(bare, (), (), seed=0)
    assert found.rows[:2] == tuple(bare)
    assert len(found.texts) > WORDS
