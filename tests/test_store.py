"""Model directories: audited before reading, replaced as a whole or not at all."""

import json
import pickle
import shutil

import pytest

from nlp.errors import ModelError
from nlp.io.hashes import file_digest
from nlp.store import MANIFEST, SCHEMA, open_model, write_model


def fill(folder, text="甲"):
    (folder / "part").mkdir()
    (folder / "part" / "labels.json").write_text(json.dumps([text]), encoding="utf-8")
    (folder / "README.md").write_text("# card\n", encoding="utf-8")


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "models" / "mine"
    write_model(folder, {"task": "route", "seed": 3}, fill)
    return folder


def beside(folder):
    return sorted(path.name for path in folder.parent.iterdir())


def state(folder):
    return {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def change_manifest(folder, change):
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_what_is_written_can_be_opened(model):
    stored = open_model(model)
    assert stored.manifest["schema"] == SCHEMA
    assert (stored.manifest["task"], stored.manifest["seed"]) == ("route", 3)
    assert stored.manifest["files"] == {
        "README.md": file_digest(model / "README.md"),
        "part/labels.json": file_digest(model / "part" / "labels.json"),
    }
    assert stored.json("part/labels.json") == ["甲"]
    assert stored.name == f"mine@{file_digest(model / MANIFEST)[:8]}"
    assert beside(model) == ["mine"]


def test_an_onnx_file_is_a_plain_file(tmp_path):
    def with_network(folder):
        fill(folder)
        (folder / "part" / "model-int8.onnx").write_bytes(b"weights")

    stored = write_model(tmp_path / "mine", {}, with_network)
    assert "part/model-int8.onnx" in open_model(stored.folder).manifest["files"]


def test_everyone_may_read_a_model(model):
    assert model.stat().st_mode & 0o777 == 0o755
    assert (model / "part" / "labels.json").stat().st_mode & 0o777 == 0o644
    assert (model / MANIFEST).stat().st_mode & 0o777 == 0o644


def test_the_same_content_gives_the_same_bytes_under_any_name(model, tmp_path):
    other = write_model(tmp_path / "other", {"task": "route", "seed": 3}, fill)
    assert other.digest == open_model(model).digest
    assert (other.folder / MANIFEST).read_bytes() == (model / MANIFEST).read_bytes()


def test_digest_follows_every_file_and_the_manifest(model, tmp_path):
    digests = {open_model(model).digest}
    digests.add(write_model(tmp_path / "b", {"task": "route", "seed": 4}, fill).digest)
    digests.add(
        write_model(tmp_path / "c", {"task": "route", "seed": 3}, lambda f: fill(f, "乙")).digest
    )
    assert len(digests) == 3


def changed_byte(folder):
    file = folder / "part" / "labels.json"
    file.write_bytes(file.read_bytes().replace(b"[", b"{", 1))


def missing_file(folder):
    (folder / "README.md").unlink()


def foreign_file(folder):
    (folder / "extra.json").write_text("{}", encoding="utf-8")


def foreign_pickle(folder):
    (folder / "part" / "head.pkl").write_bytes(pickle.dumps([1]))


def link(folder):
    target = folder.parent / "labels.json"
    shutil.move(folder / "part" / "labels.json", target)
    (folder / "part" / "labels.json").symlink_to(target)


def linked_folder(folder):
    shutil.move(folder / "part", folder.parent / "elsewhere")
    (folder / "part").symlink_to(folder.parent / "elsewhere")


def older_schema(folder):
    change_manifest(folder, lambda m: m.update(schema=0))


def no_schema(folder):
    change_manifest(folder, lambda m: m.pop("schema"))


def no_file_list(folder):
    change_manifest(folder, lambda m: m.pop("files"))


def broken_manifest(folder):
    (folder / MANIFEST).write_text('{"schema": 1,', encoding="utf-8")


def binary_manifest(folder):
    (folder / MANIFEST).write_bytes(b"\x80\x04\xff")


def deep_manifest(folder):
    (folder / MANIFEST).write_text("[" * 100_000, encoding="utf-8")


def manifest_of_another_kind(folder):
    (folder / MANIFEST).write_text("[]", encoding="utf-8")


def no_manifest(folder):
    (folder / MANIFEST).unlink()


def gone(folder):
    shutil.rmtree(folder)


def a_file(folder):
    shutil.rmtree(folder)
    folder.write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "message", "named"),
    [
        (changed_byte, "内容与清单不符", "part/labels.json"),
        (missing_file, "缺少文件", "README.md"),
        (foreign_file, "清单之外的文件", "extra.json"),
        (foreign_pickle, "不认识的文件", "part/head.pkl"),
        (link, "链接文件", "part/labels.json"),
        (linked_folder, "链接文件", "part"),
        (older_schema, "格式版本是 0", "mine"),
        (no_schema, "格式版本是 None", "mine"),
        (no_file_list, "缺少文件清单", MANIFEST),
        (broken_manifest, "不是完整的 JSON", MANIFEST),
        (binary_manifest, "不是完整的 JSON", MANIFEST),
        (deep_manifest, "不是完整的 JSON", MANIFEST),
        (manifest_of_another_kind, "格式版本是 None", "mine"),
        (no_manifest, "不是模型目录", MANIFEST),
        (gone, "找不到模型目录", "mine"),
        (a_file, "找不到模型目录", "mine"),
    ],
)
def test_damage_is_refused_and_the_file_is_named(model, damage, message, named):
    damage(model)
    with pytest.raises(ModelError, match=message) as caught:
        open_model(model)
    assert named in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 1


def test_a_pickle_is_refused_even_when_listed(model):
    foreign_pickle(model)
    digest = file_digest(model / "part" / "head.pkl")
    change_manifest(model, lambda m: m["files"].update({"part/head.pkl": digest}))
    with pytest.raises(ModelError, match="不认识的文件"):
        open_model(model)


def test_a_listed_path_outside_the_folder_is_never_read(model):
    outside = model.parent / "secret.json"
    outside.write_text("{}", encoding="utf-8")
    change_manifest(model, lambda m: m["files"].update({"../secret.json": file_digest(outside)}))
    with pytest.raises(ModelError, match=r"缺少文件：\.\./secret\.json"):
        open_model(model)


def test_json_that_cannot_be_decoded_is_a_model_error(model):
    with pytest.raises(ModelError, match=r"README\.md 读不出来"):
        open_model(model).json("README.md")


def test_a_model_is_replaced_as_a_whole(model):
    def smaller(folder):
        (folder / "notes.txt").write_text("新", encoding="utf-8")

    stored = write_model(model, {"task": "other"}, smaller)
    assert stored.manifest["files"].keys() == {"notes.txt"}
    assert not (model / "part").exists()
    assert beside(model) == ["mine"]


def failing_fill(folder):
    fill(folder, "新")
    raise RuntimeError("out of ideas")


def test_a_failing_fill_leaves_the_old_model_and_nothing_else(model):
    before = state(model)
    with pytest.raises(RuntimeError, match="out of ideas"):
        write_model(model, {"task": "route"}, failing_fill)
    assert state(model) == before
    assert beside(model) == ["mine"]
    open_model(model)


def test_a_failing_fill_leaves_nothing_where_nothing_was(tmp_path):
    with pytest.raises(RuntimeError):
        write_model(tmp_path / "new", {}, failing_fill)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_rename_restores_the_old_model(model, monkeypatch):
    before = state(model)
    rename = type(model).rename

    def refuse(path, target):
        if path.name.startswith(".mine.") and path.name != ".mine.old":
            raise OSError(28, "No space left")
        return rename(path, target)

    monkeypatch.setattr(type(model), "rename", refuse)
    with pytest.raises((OSError, ModelError)):
        write_model(model, {"task": "route"}, lambda f: fill(f, "新"))
    assert state(model) == before
    assert beside(model) == ["mine"]


def test_a_folder_that_is_no_model_is_not_overwritten(tmp_path):
    own = tmp_path / "photos"
    own.mkdir()
    (own / "cat.txt").write_text("miaow", encoding="utf-8")
    with pytest.raises(ModelError, match="不是模型目录") as caught:
        write_model(own, {}, fill)
    assert "photos" in caught.value.message
    assert "--out" in caught.value.hint
    assert [p.name for p in own.iterdir()] == ["cat.txt"]


def test_a_file_in_the_way_is_not_overwritten(tmp_path):
    file = tmp_path / "notes"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(ModelError, match="不是模型目录"):
        write_model(file, {}, fill)
    with pytest.raises(ModelError, match="写不了"):
        write_model(file / "deep", {}, fill)
    assert file.read_text(encoding="utf-8") == "x"


def test_missing_parents_are_made(tmp_path):
    stored = write_model(tmp_path / "a" / "b" / "c", {}, fill)
    assert open_model(stored.folder).digest == stored.digest


def test_a_relative_path_has_a_name(tmp_path, monkeypatch, model):
    monkeypatch.chdir(model)
    assert open_model(type(model)(".")).name.startswith("mine@")
    assert beside(model) == ["mine"]
