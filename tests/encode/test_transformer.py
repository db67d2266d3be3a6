"""Pretrained encoders as backends: the same contract, and a model directory of its own."""

import shutil

import pytest
from hf_samples import TITLES

from nlp.encode import fit_encoder, read_encoder
from nlp.encode.joined import JoinedEncoder
from nlp.errors import ModelError
from nlp.hf import carrier
from nlp.store import open_model, write_model


@pytest.fixture
def spec(tiny_encoder):
    return f"hf:{tiny_encoder}"


def test_rows_are_of_unit_length_or_empty(spec):
    encoder = fit_encoder(spec, [])
    matrix = encoder.encode([*TITLES, "", " "])
    assert encoder.spec == spec
    assert (matrix.shape, matrix.dtype, encoder.columns) == ((6, 32), "float32", 32)
    assert (matrix.indices.dtype, matrix.indptr.dtype) == ("int32", "int32")
    lengths = matrix.multiply(matrix).sum(axis=1)
    assert lengths.tolist() == pytest.approx([1, 1, 1, 1, 0, 0], abs=1e-5)
    assert matrix.nnz == 4 * 32
    assert matrix.has_canonical_format
    assert matrix.toarray() == pytest.approx(encoder.encoder.embed([*TITLES, "", " "]))


def test_no_texts(spec):
    assert fit_encoder(spec, []).encode([]).shape == (0, 32)


def test_a_dimension_stands_for_no_text(spec):
    encoder = fit_encoder(spec, TITLES)
    assert {encoder.feature(column) for column in range(encoder.columns)} == {""}


def test_a_model_directory_holds_the_whole_encoder(own_encoder, tmp_path, no_network):
    spec = f"hf:{own_encoder}"
    encoder = fit_encoder(spec, TITLES)
    before = encoder.encode(TITLES)
    write_model(tmp_path / "model", {"encoder": spec}, encoder.write)
    shutil.rmtree(own_encoder)
    stored = open_model(tmp_path / "model")
    again = read_encoder(stored.manifest["encoder"], stored.folder)
    assert again.spec == spec
    assert (again.encode(TITLES) != before).nnz == 0


def test_a_model_directory_keeps_the_int8_file(own_encoder, tmp_path):
    pytest.importorskip("onnx", reason="needs the extra fenban[neural]")
    from nlp.hf.export import export_int8

    export_int8(own_encoder)
    encoder = fit_encoder(f"hf:{own_encoder}", TITLES)
    stored = write_model(tmp_path / "model", {}, encoder.write)
    assert "model-int8.onnx" in stored.manifest["files"]
    again = read_encoder(f"hf:{own_encoder}", stored.folder)
    assert again.encoder.network.name == "onnxruntime int8"
    assert (again.encode(TITLES) != encoder.encode(TITLES)).nnz == 0


def test_reading_never_looks_elsewhere(tmp_path, no_network, monkeypatch):
    monkeypatch.setattr(carrier, "carried_folder", lambda: pytest.fail("the cache was asked"))
    for spec in ("e5", "hf:office/tiny"):
        with pytest.raises(ModelError, match=r"没有 config\.json"):
            read_encoder(spec, tmp_path)


def test_e5_is_loaded_by_its_name(tiny_encoder, monkeypatch):
    monkeypatch.setattr(carrier, "carried_folder", lambda: tiny_encoder)
    assert fit_encoder("e5", TITLES).columns == 32


def test_an_uncached_name_is_not_fetched(no_network):
    with pytest.raises(ModelError, match="--download"):
        fit_encoder("hf:office/tiny", TITLES)


def test_beside_ngrams(spec, tmp_path):
    encoder = fit_encoder(f"ngrams:1-2+{spec}", TITLES)
    assert isinstance(encoder, JoinedEncoder)
    encoder.write(tmp_path)
    again = read_encoder(f"ngrams:1-2+{spec}", tmp_path)
    assert (again.encode(TITLES) != encoder.encode(TITLES)).nnz == 0
