"""Files that look like a model and are none, each told in its own words."""

import json
import shutil

import pytest

from nlp.errors import ModelError
from nlp.hf.audit import audit_checkpoint, audit_tokenizer, weight_files

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 154881664\n"


def refused(folder, **how):
    with pytest.raises(ModelError) as caught:
        audit_checkpoint(folder, "hf:mine", **how)
        audit_tokenizer(folder, "hf:mine")
    assert "“hf:mine”" in caught.value.message
    assert caught.value.hint
    return str(caught.value)


def test_a_whole_checkpoint_passes(tiny_encoder):
    audit_checkpoint(tiny_encoder, "hf:mine")
    audit_tokenizer(tiny_encoder, "hf:mine")


def test_a_folder_of_something_else(tmp_path):
    assert "没有 config.json" in refused(tmp_path)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_git_lfs_pointers(own_encoder, name):
    (own_encoder / name).write_text(POINTER)
    said = refused(own_encoder)
    assert f"{name} 只是 git-LFS 的指针" in said
    assert "git lfs pull" in said


@pytest.mark.parametrize("lacking", [1, 1000])
def test_half_a_download(own_encoder, lacking):
    file = own_encoder / "model.safetensors"
    whole = file.read_bytes()
    file.write_bytes(whole[:-lacking])
    said = refused(own_encoder)
    assert f"应有 {len(whole):,} 字节，下载没有完成" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 safetensors 文件"),
        (b"\x01" * 7, "不是 safetensors 文件"),
        (b"\xff" * 64, "不是 safetensors 文件"),
        ((500).to_bytes(8, "little") + b'{"a"', "连文件头都不完整"),
        ((4).to_bytes(8, "little") + b"[1] ", "文件头看不懂"),
        ((10).to_bytes(8, "little") + b'{"a": {}} ', "文件头看不懂"),
        ((4).to_bytes(8, "little") + b'{"a"', "文件头看不懂"),
    ],
)
def test_no_safetensors(own_encoder, content, said):
    (own_encoder / "model.safetensors").write_bytes(content)
    assert said in refused(own_encoder)


def test_more_bytes_than_the_header_says(own_encoder):
    with (own_encoder / "model.safetensors").open("ab") as file:
        file.write(b"more")
    said = refused(own_encoder)
    assert "应有" in said and "没有完成" not in said


def test_pickles_only(own_encoder):
    (own_encoder / "model.safetensors").rename(own_encoder / "pytorch_model.bin")
    assert "没有 model.safetensors；pickle 文件" in refused(own_encoder)


def test_no_vocabulary(own_encoder):
    (own_encoder / "tokenizer.json").unlink()
    assert "没有词表" in refused(own_encoder)


def sharded(folder, names):
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {str(i): n for i, n in enumerate(names)}}))


def test_shards_are_all_looked_at(own_encoder):
    weights = own_encoder / "model.safetensors"
    shutil.copy(weights, own_encoder / "a.safetensors")
    weights.rename(own_encoder / "b.safetensors")
    sharded(own_encoder, ["b.safetensors", "a.safetensors", "b.safetensors"])
    audit_checkpoint(own_encoder, "hf:mine")
    found = [file.name for file in weight_files(own_encoder, "hf:mine")]
    assert found == ["a.safetensors", "b.safetensors"]
    (own_encoder / "a.safetensors").unlink()
    assert "少了 1 个权重文件，例如 a.safetensors" in refused(own_encoder)


@pytest.mark.parametrize("names", [["../other.safetensors"], ["/etc/passwd"], [7]])
def test_an_index_may_not_lead_elsewhere(own_encoder, names):
    (own_encoder / "model.safetensors").unlink()
    sharded(own_encoder, names)
    assert "指向文件夹之外" in refused(own_encoder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"weight_map": 3}'])
def test_an_index_that_is_none(own_encoder, content):
    (own_encoder / "model.safetensors").unlink()
    (own_encoder / "model.safetensors.index.json").write_text(content)
    assert "不是权重清单" in refused(own_encoder)


def test_an_int8_file_is_enough_where_it_is_asked_for(own_encoder):
    (own_encoder / "model.safetensors").unlink()
    (own_encoder / "model-int8.onnx").write_bytes(b"ONNX")
    audit_checkpoint(own_encoder, "hf:mine", onnx=True)
    assert "没有 model.safetensors" in refused(own_encoder)
    (own_encoder / "model-int8.onnx").write_text(POINTER)
    assert "model-int8.onnx 只是 git-LFS 的指针" in refused(own_encoder, onnx=True)
