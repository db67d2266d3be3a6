"""Two encoders side by side: each part keeps its rows, its columns and its files."""

import numpy as np
import pytest

from nlp.encode import fit_encoder, read_encoder
from nlp.encode.joined import JoinedEncoder, part_specs
from nlp.errors import UsageError

TEXTS = ["修建乡村小学", "修建乡村公路", "清理河道垃圾", "清理村口垃圾"]
SPEC = "ngrams:1-1+ngrams:2-2"


@pytest.fixture(scope="module")
def joined():
    return fit_encoder(SPEC, TEXTS)


def test_rows_are_the_parts_rows_behind_each_other(joined):
    parts = [
        fit_encoder(spec, TEXTS).encode(TEXTS).toarray() for spec in ("ngrams:1-1", "ngrams:2-2")
    ]
    assert joined.encode(TEXTS).toarray() == pytest.approx(np.hstack(parts) / 2**0.5, abs=1e-6)
    assert joined.columns == sum(part.shape[1] for part in parts)


def test_rows_are_of_unit_length_in_float32(joined):
    matrix = joined.encode(TEXTS)
    assert matrix.dtype == np.float32
    assert matrix.multiply(matrix).sum(axis=1).tolist() == pytest.approx([1] * 4, abs=1e-5)


def test_empty_lists_and_texts(joined):
    assert joined.encode([]).shape == (0, joined.columns)
    assert joined.encode(["", "zzz"]).nnz == 0


def test_features_name_the_columns_of_every_part(joined):
    names = [joined.feature(column) for column in range(joined.columns)]
    singles = [fit_encoder("ngrams:1-1", TEXTS).feature(i) for i in range(joined.parts[0].columns)]
    assert names[: len(singles)] == singles
    assert {len(name) for name in names[len(singles) :]} == {2}


def test_no_feature_behind_the_last(joined):
    with pytest.raises(IndexError):
        joined.feature(joined.columns)


def test_write_and_read_give_the_same_rows(joined, tmp_path):
    joined.write(tmp_path)
    again = read_encoder(SPEC, tmp_path)
    assert isinstance(again, JoinedEncoder)
    assert again.spec == SPEC
    assert (again.encode(TEXTS) != joined.encode(TEXTS)).nnz == 0


def test_specs_are_split_at_the_sign():
    assert part_specs("ngrams:1-2+e5") == ("ngrams:1-2", "e5")
    assert part_specs("ngrams:1-2 + e5") == ("ngrams:1-2", "e5")


@pytest.mark.parametrize("spec", ["+e5", "ngrams+", "ngrams++e5", "+", " + "])
def test_an_empty_side_is_refused(spec):
    with pytest.raises(UsageError, match="一边是空的") as caught:
        fit_encoder(spec, TEXTS)
    assert f"“{spec}”" in caught.value.message
    assert "ngrams:1-2+e5" in caught.value.hint


def test_an_unknown_part_is_named():
    with pytest.raises(UsageError, match="没有名为“nosuch”的编码器"):
        fit_encoder("ngrams+nosuch", TEXTS)
