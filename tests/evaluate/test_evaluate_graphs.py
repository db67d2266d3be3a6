from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from nlp.corpus.replies import load_replies
from nlp.evaluate.replies.graphs import lexrank, textrank
from nlp.text.clean import clean_text
from nlp.text.segment import Segmenter
from nlp.text.split import sentences

LETTERS = (
    (
        "县 交通局 新建 停车场 三处",
        "停车场 增加 车位 六百 个",
        "感谢 您 对 停车 的 关心",
        "县 交通局 将 加强 停车场 管理 ， 增加 停车 设施",
        "车位 管理 由 街道 负责",
    ),
    (
        "该 路 全长 两 公里",
        "该 路 已 列入 明年 建设 计划",
        "建设 资金 由 县 财政局 安排",
        "县 交通局 负责 该 路 建设",
        "预计 明年 六月 开工 建设",
        "特此 答复 ， 资金 另 函 报",
    ),
    ("备案 后 报销 六成", "未 备案 的 报销 四成", "外地 就诊 须 先 备案 再 报销"),
)


GOLD = Path(__file__).parents[3] / "shared" / "gold" / "replies-dev.jsonl"


def real_letters():
    """Yield the words of each distinct sentence of the real replies with four or more."""
    segmenter = Segmenter()
    for row in load_replies([GOLD]):
        text = clean_text(row.reply).lower()
        pieces = list(dict.fromkeys(span.of(text) for span in sentences(text)))
        found = [[w for w in segmenter.words(piece) if w.isalnum()] for piece in pieces]
        if len(found) > 3 and all(found):
            yield found


def words(letter):
    return [sentence.split() for sentence in letter]


class Document:
    """Sumy's own document model, holding our sentences and their words."""

    def __init__(self, letter):
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

        class Blanks:
            def to_words(self, text):
                return tuple(text.split())

        self.sentences = [Sentence(text, Blanks()) for text in letter]
        self.model = ObjectDocumentModel([Paragraph(self.sentences)])


@pytest.fixture
def sumy():
    return pytest.importorskip("sumy.summarizers", reason="sumy 没有安装")


@pytest.mark.parametrize("letter", LETTERS)
def test_textrank_is_sumys_without_loops(sumy, letter):
    """Sumy joins each sentence with itself; without those edges the scores are the same.

    Up to a factor: its walker loses a little of itself at every step.
    """
    from sumy.summarizers.text_rank import TextRankSummarizer

    class Loopless(TextRankSummarizer):
        epsilon = 1e-6  # what its walker loses a step is less

        @staticmethod
        def _rate_sentences_edge(one, other):
            if one is other:
                return 0.0
            return TextRankSummarizer._rate_sentences_edge(one, other)

    document = Document(letter)
    ratings = Loopless().rate_sentences(document.model)
    theirs = np.array([ratings[sentence] for sentence in document.sentences])
    ours = textrank(words(letter))
    assert ours / ours.sum() == pytest.approx(theirs / theirs.sum(), abs=1e-4)
    assert list(np.argsort(-ours)) == list(np.argsort(-theirs))


@pytest.mark.parametrize("letter", LETTERS)
def test_lexrank_is_sumys_without_jumps(sumy, letter):
    """Sumy leaves damping out and takes log(N / (1 + n)); with that the scores are the same."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    class Smooth(LexRankSummarizer):
        @staticmethod
        def _compute_idf(sentences):
            spread = Counter(word for sentence in sentences for word in set(sentence))
            return {word: np.log1p(len(sentences) / n) for word, n in spread.items()}

    terms, lex = words(letter), Smooth()
    matrix = lex._create_matrix(terms, 0.1, lex._compute_tf(terms), lex._compute_idf(terms))
    theirs = lex.power_method(matrix, 1e-9)
    ours = lexrank(terms, damping=1.0)
    assert ours / ours.max() == pytest.approx(theirs / theirs.max(), abs=1e-6)


@pytest.mark.skipif(not GOLD.exists(), reason="需要 ../shared/gold/replies-dev.jsonl")
def test_rankings_resemble_sumys_as_shipped(sumy):
    """On real letters, with its loops and its logarithm."""
    from scipy.stats import spearmanr
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    text, lex = [], []
    for letter in real_letters():
        document = Document([" ".join(each) for each in letter])
        ratings = TextRankSummarizer().rate_sentences(document.model)
        theirs = [ratings[sentence] for sentence in document.sentences]
        text.append(spearmanr(theirs, textrank(letter)).statistic)
        maker = LexRankSummarizer()
        tf, idf = maker._compute_tf(letter), maker._compute_idf(letter)
        matrix = maker._create_matrix(letter, 0.1, tf, idf)
        theirs = maker.power_method(matrix, 1e-4)
        if np.ptp(theirs) > 1e-6:
            lex.append(spearmanr(theirs, lexrank(letter)).statistic)
    assert np.mean(text) > 0.5
    assert np.mean(lex) > 0.7


@pytest.mark.parametrize("rank", [textrank, lexrank])
def test_odd_letters(rank):
    assert rank([]).shape == (0,)
    assert rank([["甲"]]).shape == (1,)
    assert rank([["甲"], ["甲"]]) == pytest.approx([0.5, 0.5])
    alone = rank([["甲", "乙"], ["甲", "乙"], [], ["丙"]])
    assert alone[0] == pytest.approx(alone[1])
    assert alone[0] > alone[2]
    assert np.isfinite(alone).all()


def test_the_middle_of_a_star_is_central():
    star = [["甲", "乙", "丙"], ["甲", "子"], ["乙", "丑"], ["丙", "寅"]]
    assert textrank(star).argmax() == 0
    assert lexrank(star).argmax() == 0
