"""A digester as files: what is loaded digests the same, and damage is refused in Chinese."""

import json
import shutil

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from nlp.errors import ModelError
from nlp.store import MANIFEST, write_model
from nlp.summarize.files import CALIBRATION, HEADS, LABELS, TASK, load_digester, write_digester
from nlp.types import Reply

FILES = (
    *(HEADS, LABELS, CALIBRATION, MANIFEST),
    *("clauses/ngrams.safetensors", "answers/charset.json"),
)


@pytest.fixture
def copied(small_reply_model, tmp_path):
    return shutil.copytree(small_reply_model, tmp_path / "copy")


@pytest.fixture
def rewritten(small_reply_model, tmp_path):
    """Write the small model anew with changed content, its hashes right."""

    def write(change=lambda folder: None, **manifest):
        def fill(folder):
            shutil.copytree(small_reply_model, folder, dirs_exist_ok=True)
            (folder / MANIFEST).unlink()
            change(folder)

        content = {"task": TASK, "encoder": "ngrams:1-2"} | manifest
        known = {key: value for key, value in content.items() if value is not None}
        return write_model(tmp_path / "rewritten", known, fill).folder

    return write


@pytest.fixture
def refused():
    def load(folder):
        with pytest.raises(ModelError) as error:
            load_digester(folder)
        assert str(folder) in error.value.message
        assert error.value.hint.startswith("请")
        return error.value.message

    return load


def test_what_is_loaded_digests_the_same(small_digester, small_reply_model, small_material):
    loaded = load_digester(small_reply_model)
    replies = [Reply(row.id, row.reply, row.title) for row in small_material.test]
    replies += [Reply(s.row.id, s.row.reply, s.row.title) for s in small_material.samples[:20]]
    fitted, read = (list(model.summarize(replies)) for model in (small_digester, loaded))
    assert [each.model for each in read] == [loaded.name] * len(replies)
    fields = ("summary", "spans", "outcome", "outcome_probability", "basis", "flags", "measures")
    for mine, theirs in zip(fitted, read, strict=True):
        assert all(getattr(mine, name) == getattr(theirs, name) for name in fields), mine.id


def test_the_name_cites_the_folder_and_its_hash(small_reply_model, copied):
    first, second = load_digester(small_reply_model).name, load_digester(copied).name
    assert first.startswith("small@")
    assert second == first.replace("small", "copy")


def test_writing_what_was_loaded_gives_the_same_bytes(small_reply_model, tmp_path):
    write_digester(load_digester(small_reply_model), tmp_path)
    written = sorted(file for file in tmp_path.rglob("*") if file.is_file())
    assert len(written) == len(json.loads((small_reply_model / MANIFEST).read_text())["files"])
    for file in written:
        shipped = small_reply_model / file.relative_to(tmp_path)
        assert file.read_bytes() == shipped.read_bytes(), file.name


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(copied, refused, name):
    (copied / name).unlink()
    assert name in refused(copied)


@pytest.mark.parametrize("name", [name for name in FILES if name != MANIFEST])
def test_a_changed_byte_is_refused(copied, refused, name):
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    assert "sha256" in refused(copied)


def test_a_foreign_file_is_refused(copied, refused):
    (copied / "notes.txt").write_text("x")
    assert "notes.txt" in refused(copied)


def test_no_folder_no_model(tmp_path, refused):
    refused(tmp_path / "absent")
    refused(tmp_path)


@pytest.mark.parametrize("task", ["route", None, 3])
def test_models_for_other_tasks_are_refused(rewritten, refused, task):
    assert "不是摘要模型" in refused(rewritten(task=task))


def test_the_same_content_written_anew_is_read(rewritten):
    assert load_digester(rewritten()).name.startswith("rewritten@")


def edit_json(name, change):
    def edit(folder):
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        change(content)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")

    return edit


def edit_arrays(change):
    def edit(folder):
        arrays = {name: array.copy() for name, array in load_file(folder / HEADS).items()}
        change(arrays)
        save_file(arrays, folder / HEADS)

    return edit


def loop(arrays):
    tree, node = np.argwhere(arrays["scorer.trees.feature"] >= 0)[0]
    arrays["scorer.trees.left"][tree, node] = node


def beyond(arrays):
    tree, node = np.argwhere(arrays["scorer.trees.feature"] >= 0)[0]
    arrays["scorer.trees.feature"][tree, node] = 30_000


def widened(arrays):
    arrays["outcomes.plain.mean"] = np.append(arrays["outcomes.plain.mean"], np.float32(0))


CHANGES = {
    "no roles": edit_arrays(lambda arrays: arrays.pop("roles.weights")),
    "no base": edit_arrays(lambda arrays: arrays.pop("scorer.trees.base")),
    "a loop in a tree": edit_arrays(loop),
    "a feature beyond": edit_arrays(beyond),
    "too few outcomes": edit_arrays(lambda a: a.update({"outcomes.bias": a["outcomes.bias"][:3]})),
    "too many means": edit_arrays(widened),
    "a scale of zero": edit_arrays(lambda arrays: arrays["flags.plain.scale"].fill(0)),
    "other roles": edit_json(LABELS, lambda labels: labels["roles"].reverse()),
    "another flag": edit_json(LABELS, lambda labels: labels["flags"].append("rude")),
    "no trust": edit_json(CALIBRATION, lambda settings: settings.pop("trust")),
    "trust in words": edit_json(CALIBRATION, lambda s: s["trust"].update(phrase="much")),
    "no threshold": edit_json(CALIBRATION, lambda settings: settings["thresholds"].pop("vague")),
    "a list": lambda folder: (folder / CALIBRATION).write_text("[]"),
    "cut arrays": lambda folder: (folder / HEADS).write_bytes((folder / HEADS).read_bytes()[:900]),
    "no encoder": lambda folder: shutil.rmtree(folder / "answers"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_content_that_does_not_fit_is_refused(rewritten, refused, change):
    assert refused(rewritten(CHANGES[change]))


def test_a_manifest_without_an_encoder_is_refused(rewritten, refused):
    assert "前后不一致" in refused(rewritten(encoder=None))
