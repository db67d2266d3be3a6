"""Character n-grams: equal to scikit-learn's on its vocabulary, whatever the text."""

from math import log, sqrt
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.encode import ngrams
from nlp.errors import InputError, ModelError

LETTERS = "水利学校公路建设管理的在一20AbｅＦ𠮷é，。 \n“”\u3000"
TEXTS = st.lists(st.text(LETTERS, max_size=25), min_size=2, max_size=12)


FOLDED = str.maketrans(digits[1:] + ascii_uppercase, "0" * 9 + ascii_lowercase)


def fold(text):
    return text.translate(FOLDED)


def vocabulary(encoder):
    return [encoder.feature(i) for i in range(len(encoder.keys))]


def dense(encoder, texts):
    return encoder.encode(texts).toarray()


def reference(encoder, learned, texts):
    orders = encoder.orders
    vectorizer = TfidfVectorizer(
        analyzer="char",
        ngram_range=(orders[0], orders[-1]),
        vocabulary=vocabulary(encoder),
        preprocessor=fold,
        lowercase=False,
        sublinear_tf=True,
        norm="l2",
        smooth_idf=True,
    )
    return vectorizer.fit(learned).transform(texts).toarray()


@settings(max_examples=60, deadline=None)
@given(learned=TEXTS, texts=TEXTS, spec=st.sampled_from(["ngrams:1-2", "ngrams", "ngrams:2-4"]))
def test_weights_agree_with_scikit_learn(learned, texts, spec):
    learned = [*learned, "水利学校管理", "水利学校管理"]
    encoder = ngrams.fit(spec, learned)
    assert dense(encoder, texts) == pytest.approx(reference(encoder, learned, texts), abs=1e-5)


def counted(encoder, text):
    """Return a text's row, every n-gram of the vocabulary counted in it one by one."""
    tails = [fold(text)[start:] for start in range(len(text))]
    counts = [sum(tail.startswith(gram) for tail in tails) for gram in vocabulary(encoder)]
    weighted = [
        (1 + log(n)) * idf if n else 0.0 for n, idf in zip(counts, encoder.idf, strict=True)
    ]
    length = sqrt(sum(value * value for value in weighted)) or 1.0
    return [value / length for value in weighted]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(LETTERS, max_size=25), max_size=12), low=st.integers(1, 4))
def test_rows_equal_a_count_by_hand(texts, low):
    learned = ["水利学校公路建设管理的", "水利学校公路建设管理的在一0a𠮷é，。"]
    encoder = ngrams.fit(f"ngrams:{low}-4", learned)
    matrix = encoder.encode(texts)
    assert (matrix.shape, matrix.dtype) == ((len(texts), encoder.columns), np.float32)
    expected = np.array([counted(encoder, text) for text in texts]).reshape(matrix.shape)
    assert matrix.toarray() == pytest.approx(expected, abs=1e-5)


def test_rows_are_in_canonical_form():
    encoder = ngrams.fit("ngrams:1-2", ["乙甲乙", "甲乙甲"])
    matrix = encoder.encode(["乙甲乙甲", "", "甲甲乙"])
    assert matrix.has_canonical_format
    assert (matrix.indices.dtype, matrix.indptr.dtype) == (np.int32, np.int32)


@settings(max_examples=30, deadline=None)
@given(texts=TEXTS, size=st.integers(1, 40))
def test_chunk_borders_change_nothing(texts, size):
    encoder = ngrams.fit("ngrams:1-2", ["水利学校公路建设管理的", "水利学校公路建设管理的在一0a"])
    whole = dense(encoder, texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams, "CHUNK_CHARACTERS", size)
        assert dense(encoder, texts).tolist() == whole.tolist()


def test_many_chunks_keep_the_order(monkeypatch):
    monkeypatch.setattr(ngrams, "CHUNK_CHARACTERS", 50)
    letters = "".join(chr(0x4E00 + i) for i in range(300))
    encoder = ngrams.fit("ngrams:1-1", [letters, letters])
    texts = [letters[i] * (1 + i % 7) if i % 5 else "" for i in range(300)]
    matrix = encoder.encode(texts)
    found = [
        "".join(encoder.feature(c) for c in matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]])
        for i in range(300)
    ]
    assert found == [letters[i] if i % 5 else "" for i in range(300)]


def test_texts_never_share_an_ngram_across_their_border():
    encoder = ngrams.fit("ngrams:2-2", ["甲乙", "甲乙"])
    assert encoder.encode(["甲", "乙"]).nnz == 0


@pytest.mark.parametrize("between", ["龘", "，", " ", "\n", "\0", "\ud800", "😀"])
def test_unknown_characters_break_ngrams(between):
    encoder = ngrams.fit("ngrams:1-3", ["甲乙丙", "甲乙丙"])
    row = encoder.encode([f"甲{between}乙丙"])
    assert {encoder.feature(c) for c in row.indices} == {"甲", "乙", "丙", "乙丙"}


def test_digits_and_case_are_folded():
    encoder = ngrams.fit("ngrams:1-4", ["2024年5G", "1999年3g"])
    assert "000年" in vocabulary(encoder)
    assert "0g" in vocabulary(encoder)
    assert dense(encoder, ["2035年6G"]).tolist() == dense(encoder, ["1111年9g"]).tolist()


def test_empty_and_wordless_texts_give_zero_rows():
    encoder = ngrams.fit("ngrams:1-2", ["河道", "河道"])
    assert encoder.encode([]).shape == (0, 3)
    assert encoder.encode(["", "。，！", "河"]).toarray().any(axis=1).tolist() == [
        False,
        False,
        True,
    ]


def test_astral_characters_count_as_one():
    encoder = ngrams.fit("ngrams:1-2", ["𠮷祥𠮷", "𠮷祥"])
    assert vocabulary(encoder) == sorted(vocabulary(encoder), key=lambda g: (len(g), g))
    assert set(vocabulary(encoder)) == {"𠮷", "祥", "𠮷祥"}


def test_lone_surrogates_are_survived_in_training_and_use():
    encoder = ngrams.fit("ngrams:1-1", ["河\ud800道", "河\udfff道"])
    assert set(vocabulary(encoder)) == {"河", "道"}


def test_vocabulary_keeps_the_commonest_within_its_limit():
    texts = ["甲乙", "甲乙", "甲丙", "丁"]
    assert set(vocabulary(ngrams.fit("ngrams:1-1", texts))) == {"甲", "乙"}
    assert set(vocabulary(ngrams.fit("ngrams:1-1", texts, min_texts=1, limit=1))) == {"甲"}


def test_every_column_encodes_to_itself():
    texts = ["关于加强农村公路建设的建议", "关于加强农村小学建设的建议", "农村公路2020"] * 2
    encoder = ngrams.fit("ngrams:1-4", texts)
    features = vocabulary(encoder)
    assert len(set(features)) == len(features) > 20
    matrix = encoder.encode(features)
    assert all(matrix[i, i] > 0 for i in range(len(features)))
    assert all(1 <= len(f) <= 4 for f in features)


def test_write_and_read_give_the_same_bytes(tmp_path):
    encoder = ngrams.fit("ngrams:1-3", ["校园食堂", "校园安全", "食堂安全"])
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    encoder.write(folders[0])
    ngrams.read("ngrams:1-3", folders[0]).write(folders[1])
    names = sorted(p.name for p in folders[0].iterdir())
    assert names == ["charset.json", "ngrams.safetensors"]
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


@pytest.mark.parametrize("texts", [[""], ["", ""], ["甲"], ["甲", ""], ["甲乙"]])
def test_texts_shorter_than_the_longest_ngram(texts):
    encoder = ngrams.fit("ngrams:1-4", ["甲乙丙丁", "甲乙丙丁"])
    assert encoder.encode(texts).shape == (len(texts), 10)
    with pytest.raises(InputError, match="学不到东西"):
        ngrams.fit("ngrams:4", texts)


@pytest.mark.parametrize("damage", ["short idf", "unsorted keys", "double character"])
def test_parts_that_do_not_fit_are_refused(damage, tmp_path):
    encoder = ngrams.fit("ngrams:1-2", ["校园食堂", "校园食堂"])
    encoder.write(tmp_path)
    file = tmp_path / "ngrams.safetensors"
    arrays = load_file(file)
    if damage == "short idf":
        arrays["idf"] = arrays["idf"][:-1]
    elif damage == "unsorted keys":
        arrays["keys"] = np.ascontiguousarray(arrays["keys"][::-1])
    else:
        (tmp_path / "charset.json").write_text('{"charset": "校校园食"}', encoding="utf-8")
    save_file(arrays, file)
    with pytest.raises(ModelError, match="词表与权重对不上"):
        ngrams.read("ngrams:1-2", tmp_path)
