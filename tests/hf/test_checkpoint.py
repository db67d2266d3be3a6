"""Encoders as folders: copied with all that loading needs, and nothing else."""

import json
import shutil

import pytest
from hf_samples import TITLES, change_json

from nlp.errors import ModelError, UsageError
from nlp.hf.checkpoint import build_encoder, copy_encoder
from nlp.hf.encoder import load_encoder
from nlp.hf.info import describe_encoder
from nlp.hf.locate import OFFLINE
from nlp.hf.settings import Settings, read_settings


def names(folder):
    return sorted(file.name for file in folder.iterdir())


NEEDED = ["config.json", "model.safetensors", "pooling.json", "tokenizer.json"]


def test_a_copy_holds_what_is_needed_and_embeds_the_same(own_encoder, tmp_path):
    change_json(own_encoder / "1_Pooling" / "config.json", pooling_mode_cls_token=True)
    for name in ("README.md", "pytorch_model.bin", "own.py"):
        (own_encoder / name).write_text("left behind")
    target = tmp_path / "copy"
    target.mkdir()
    copy_encoder(own_encoder, target)
    assert names(target) == sorted([*NEEDED, "tokenizer_config.json"])
    assert read_settings(target) == Settings("cls", "", 48)
    same = load_encoder(target).embed(TITLES) == load_encoder(own_encoder).embed(TITLES)
    assert same.all()


def test_links_are_followed(tiny_encoder, tmp_path):
    source, target = tmp_path / "snapshot", tmp_path / "copy"
    source.mkdir()
    target.mkdir()
    for file in tiny_encoder.iterdir():
        (source / file.name).symlink_to(file)
    copy_encoder(source, target)
    assert not any(file.is_symlink() for file in target.iterdir())
    assert load_encoder(target).dimension == 32


def test_weights_in_parts_are_copied_with_their_index(tiny_encoder, tmp_path):
    transformers = pytest.importorskip("transformers")
    source, target = tmp_path / "parts", tmp_path / "copy"
    shutil.copytree(tiny_encoder, source)
    (source / "model.safetensors").unlink()
    model = transformers.BertModel.from_pretrained(tiny_encoder)
    model.save_pretrained(source, max_shard_size="20KB")
    target.mkdir()
    copy_encoder(source, target)
    assert len(list(target.glob("model-*-of-*.safetensors"))) > 1
    rows = load_encoder(target).embed(TITLES)
    assert rows == pytest.approx(load_encoder(tiny_encoder).embed(TITLES))


def test_half_a_folder_is_not_copied(own_encoder, tmp_path):
    file = own_encoder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(ModelError, match="下载没有完成"):
        copy_encoder(own_encoder, tmp_path)


def test_building_a_folder_with_a_prefix(tiny_encoder, tmp_path, no_network):
    out = tmp_path / "new" / "encoder"
    assert build_encoder(f"hf:{tiny_encoder}", out, OFFLINE, prefix="查：") == out
    assert names(out.parent) == ["encoder"]
    assert json.loads((out / "pooling.json").read_text())["prefix"] == "查："
    assert load_encoder(out).settings == Settings("mean", "查：", 48)
    assert out.stat().st_mode & 0o777 == 0o755


def test_an_empty_folder_may_be_filled(tiny_encoder, tmp_path):
    (tmp_path / "out").mkdir()
    assert build_encoder(str(tiny_encoder), tmp_path / "out", OFFLINE).is_dir()


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_what_is_there_is_not_overwritten(tiny_encoder, tmp_path, taken):
    out = tmp_path / "out"
    if taken == "folder":
        out.mkdir()
    (out / "mine.txt" if taken == "folder" else out).write_text("mine")
    with pytest.raises(UsageError, match="已经有内容"):
        build_encoder(str(tiny_encoder), out, OFFLINE)


def test_a_prefix_that_fills_the_window_is_refused_before_anything_is_written(
    tiny_encoder, tmp_path
):
    with pytest.raises(ModelError, match="前缀就占了"):
        build_encoder(str(tiny_encoder), tmp_path / "out", OFFLINE, prefix="查询" * 30)
    assert list(tmp_path.iterdir()) == []


def test_the_description(tiny_encoder):
    lines = "\n".join(describe_encoder(f"hf:{tiny_encoder}"))
    assert "32 维，各词元的平均（mean），前缀无" in lines
    assert "窗口：48 个词元" in lines
    assert "由谁运行：torch" in lines
    size = (tiny_encoder / "model.safetensors").stat().st_size / 1e6
    assert f"model.safetensors：{size:.1f} MB，sha256 " in lines
