"""From a spec to a folder, and never to the network unless it is allowed."""

import shutil
import socket

import pytest

from nlp.errors import ModelError, UsageError
from nlp.hf import carrier
from nlp.hf.encoder import open_encoder
from nlp.hf.locate import Sources, encoder_folder


def test_a_folder_with_and_without_the_scheme(tmp_path, no_network):
    assert encoder_folder(f"hf:{tmp_path}") == encoder_folder(str(tmp_path)) == tmp_path


def test_e5_is_the_carried_one(monkeypatch, tmp_path):
    monkeypatch.setattr(carrier, "carried_folder", lambda: tmp_path)
    assert encoder_folder("e5") == tmp_path
    with pytest.raises(UsageError, match="e5 后面不跟选项"):
        encoder_folder("e5:small")


@pytest.mark.parametrize("spec", ["no/folder", "hf:./none", "hf:/no/folder", "hf:", "", "hf:a/b/c"])
def test_what_is_neither_folder_nor_name_is_told_without_asking(spec, no_network):
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        encoder_folder(spec)


def test_an_uncached_name_names_the_option_that_downloads(no_network):
    with pytest.raises(ModelError, match="没有文件夹“office/tiny”") as caught:
        open_encoder("hf:office/tiny")
    assert "不加 --download 就不联网" in caught.value.message
    assert "fenban encoder build hf:office/tiny --out 文件夹 --download" in caught.value.hint


def test_a_cached_name_is_opened_offline(tiny_encoder, tmp_path, no_network):
    cached, commit = tmp_path / "hub" / "models--office--tiny", "a" * 40
    shutil.copytree(tiny_encoder, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    assert open_encoder("hf:office/tiny").embed(["修建村小学"]).shape == (1, 32)


def test_a_local_folder_is_opened_offline(tiny_encoder, no_network):
    assert open_encoder(f"hf:{tiny_encoder}").dimension == 32


def test_a_download_that_fails_is_told(tmp_path, monkeypatch):
    from huggingface_hub import constants

    def refuse(*_, **__):
        raise OSError("no route to host")

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(ModelError, match="没有文件夹“office/tiny”"):
        encoder_folder("hf:office/tiny", Sources(download=True))
