"""The int8 file: near the exact vectors, independent of company, run without torch."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from hf_samples import TITLES, write_encoder

from nlp.errors import ModelError
from nlp.hf import encoder as encoders
from nlp.hf.encoder import Runtime, load_encoder
from nlp.hf.export import export_int8
from nlp.hf.session import file_digest, open_session

pytest.importorskip("onnx", reason="needs the extra fenban[neural]")
pytest.importorskip("onnxruntime", reason="needs the extra fenban[neural]")

TEXTS = [*TITLES, "", "村", "整治河道，增建幼儿园。" * 12]


@pytest.fixture(scope="module")
def exported(tiny_encoder, tmp_path_factory):
    folder = shutil.copytree(tiny_encoder, tmp_path_factory.mktemp("int8") / "tiny")
    export_int8(folder)
    return folder


@pytest.fixture
def copied(exported, tmp_path):
    return shutil.copytree(exported, tmp_path / "copy")


def test_the_int8_vectors_are_near_the_exact_ones(exported):
    small, exact = load_encoder(exported), load_encoder(exported, runtime=Runtime.TORCH)
    assert (small.network.name, exact.network.name) == ("onnxruntime int8", "torch")
    assert small.dimension == exact.dimension == 32
    cosines = (small.embed(TEXTS) * exact.embed(TEXTS)).sum(axis=1)
    assert cosines[4] == 0, "the blank text"
    assert np.delete(cosines, 4).min() > 0.97


def test_an_int8_row_is_the_same_in_any_company(exported):
    encoder = load_encoder(exported, threads=1)
    rows = encoder.embed(TEXTS)
    for text, row in zip(TEXTS, rows, strict=True):
        assert encoder.embed([text])[0] == pytest.approx(row, abs=1e-6)


def test_nothing_else_is_left_in_the_folder(exported, tiny_encoder):
    before = {file.name for file in tiny_encoder.iterdir()}
    assert {file.name for file in exported.iterdir()} == {*before, "model-int8.onnx"}
    assert (exported / "model-int8.onnx").stat().st_mode & 0o777 == 0o644


def test_exporting_twice_gives_the_same_bytes(exported, copied):
    (copied / "model-int8.onnx").unlink()
    assert file_digest(export_int8(copied)) == file_digest(exported / "model-int8.onnx")


def test_the_int8_file_alone_is_enough_and_needs_no_torch(copied):
    exact = load_encoder(copied, runtime=Runtime.TORCH).embed(TITLES)
    (copied / "model.safetensors").unlink()
    code = (
        "import json, sys; from pathlib import Path; from nlp.hf.encoder import load_encoder;"
        f"rows = load_encoder(Path({str(copied)!r})).embed({TITLES!r});"
        "heavy = [name for name in ('torch', 'transformers') if name in sys.modules];"
        "print(json.dumps([rows.tolist(), heavy]))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rows, heavy = json.loads(found.stdout)
    assert heavy == []
    assert (np.array(rows) * exact).sum(axis=1).min() > 0.97


def test_without_onnxruntime_the_exact_weights_run(exported, monkeypatch):
    monkeypatch.setattr(encoders, "has", lambda name: False)
    assert load_encoder(exported).network.name == "torch"


def test_without_onnxruntime_int8_cannot_be_asked_for(exported, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert load_encoder(exported).network.name == "torch"
    with pytest.raises(ModelError, match=r"model-int8\.onnx 要用可选组件 neural（onnxruntime）"):
        load_encoder(exported, runtime=Runtime.ONNX)


def test_the_int8_file_alone_does_need_onnxruntime(copied, monkeypatch):
    (copied / "model.safetensors").unlink()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelError, match="要用可选组件 neural（onnxruntime）"):
        load_encoder(copied)


@pytest.mark.parametrize("lacking", ["onnx", "onnxruntime", "torch"])
def test_exporting_tells_what_it_lacks(own_encoder, lacking, monkeypatch):
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(ModelError, match="要用可选组件 neural"):
        export_int8(own_encoder)
    assert not (own_encoder / "model-int8.onnx").exists()


def test_a_folder_without_the_file_names_the_command(tiny_encoder):
    with pytest.raises(ModelError, match=r"没有 model-int8\.onnx") as caught:
        open_session(tiny_encoder, "hf:mine")
    assert f"fenban encoder export {tiny_encoder}" in caught.value.hint


def test_a_file_made_from_other_weights_is_refused(copied, tmp_path):
    other = write_encoder(tmp_path / "other", hidden_act="relu")
    weights = (other / "model.safetensors").read_bytes()
    (copied / "model.safetensors").write_bytes(weights[:-4] + b"\0\0\0\0")
    with pytest.raises(ModelError, match="不是从旁边的权重做出来的") as caught:
        load_encoder(copied)
    assert "请删去" in caught.value.hint
    assert load_encoder(copied, runtime=Runtime.TORCH).dimension == 32


@pytest.mark.parametrize("content", [b"", b"ONNX", b"\x08\x07"])
def test_a_damaged_file_is_told(copied, content):
    (copied / "model-int8.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"model-int8\.onnx 读不出来") as caught:
        load_encoder(copied)
    assert "fenban encoder export" in caught.value.hint


def test_a_file_of_someone_elses_making_is_told(copied):
    import onnx

    model = onnx.load(str(copied / "model-int8.onnx"))
    del model.metadata_props[:]
    onnx.save(model, str(copied / "model-int8.onnx"))
    with pytest.raises(ModelError, match="读不出来"):
        load_encoder(copied)


def test_a_full_disk_leaves_the_folder_as_it_was(own_encoder, monkeypatch):
    import errno

    from nlp.hf import export

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export, "_quantise", full)
    with pytest.raises(ModelError, match="磁盘已满"):
        export_int8(own_encoder)
    assert not any(file.name.startswith(".") for file in own_encoder.iterdir())


def test_exporting_a_writer_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"没有 config\.json"):
        export_int8(tmp_path)
