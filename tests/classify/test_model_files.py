"""A router written and read again is the same router; parts that do not fit are refused."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import nlp
from nlp.classify.decide import CurvePoint
from nlp.classify.files import CALIBRATION, HEADS, LABELS, load_router, write_router
from nlp.errors import ModelError
from nlp.store import write_model

TITLES = ["关于增加山区校车班次的建议", "水库下游河道淤积", "Hello there, nice weather"]


@pytest.fixture
def rewrite(small_model, tmp_path):
    """Change files of a copy and write the manifest anew, so that only the content is wrong."""

    def rewrite(change):
        manifest = json.loads((small_model / "manifest.json").read_text(encoding="utf-8"))

        def fill(folder):
            ignored = shutil.ignore_patterns("manifest.json")
            shutil.copytree(small_model, folder, dirs_exist_ok=True, ignore=ignored)
            change(folder, manifest)

        out = tmp_path / "changed"
        write_model(out, manifest, fill)
        return out

    return rewrite


def edit(folder, name, change):
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    change(content)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def test_a_written_router_is_read_back(small_router, tmp_path):
    router = replace(small_router, curve=(CurvePoint(0.75, 40, 39),))
    out = tmp_path / "again"
    write_model(out, {"encoder": router.encoder.spec}, lambda f: write_router(router, f))
    again = nlp.load(out)
    assert again.name.startswith("again@")
    assert again.functions == router.functions
    assert again.curve == router.curve
    expected = list(router.classify(TITLES))
    assert [replace(s, model=router.name) for s in again.classify(TITLES)] == expected


@pytest.mark.parametrize("without", ["topics", "units", "detector"])
def test_absent_parts_stay_absent(small_router, tmp_path, without):
    router = replace(small_router, **{without: None})
    out = tmp_path / "part"
    write_model(out, {"encoder": router.encoder.spec}, lambda f: write_router(router, f))
    again = nlp.load(str(out))
    assert getattr(again, without) is None
    asked = [replace(s, model="") for s in again.classify(TITLES)]
    assert asked == [replace(s, model="") for s in router.classify(TITLES)]


def test_an_untouched_copy_loads(rewrite, small_router):
    copy = load_router(rewrite(lambda folder, manifest: None))
    assert copy.function_keys == small_router.function_keys


def short_head(folder, manifest):
    arrays = load_file(folder / HEADS)
    arrays["lead.weights"] = np.ascontiguousarray(arrays["lead.weights"][:, :-1])
    save_file(arrays, folder / HEADS)


def no_scale(folder, manifest):
    arrays = load_file(folder / HEADS)
    del arrays["topics.scale"]
    save_file(arrays, folder / HEADS)


def fewer_functions(folder, manifest):
    edit(folder, LABELS, lambda labels: labels["functions"].pop())


def no_curve(folder, manifest):
    edit(folder, CALIBRATION, lambda settings: settings.pop("curve"))


def strange_setting(folder, manifest):
    edit(folder, CALIBRATION, lambda settings: settings["units"].update(magic=1))


def short_vocabulary(folder, manifest):
    file = folder / "encoder" / "ngrams.safetensors"
    arrays = load_file(file)
    save_file(arrays | {"idf": arrays["idf"][1:]}, file)


def no_labels(folder, manifest):
    (folder / LABELS).unlink()


def no_encoder_named(folder, manifest):
    del manifest["encoder"]


@pytest.mark.parametrize(
    "change",
    [
        short_head,
        no_scale,
        fewer_functions,
        no_curve,
        strange_setting,
        short_vocabulary,
        no_labels,
        no_encoder_named,
    ],
)
def test_parts_that_do_not_fit_together_are_refused(rewrite, change):
    folder = rewrite(change)
    with pytest.raises(ModelError) as caught:
        load_router(folder)
    assert str(folder) in caught.value.message
    assert "train.py" in caught.value.hint or "重新训练" in caught.value.hint


@pytest.mark.parametrize("name", [HEADS, "encoder/ngrams.safetensors", "encoder/charset.json"])
@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_part_gone_or_cut_short_is_a_model_error(rewrite, name, damage):
    def change(folder, manifest):
        if damage == "gone":
            (folder / name).unlink()
        elif name.endswith(".json"):
            (folder / name).write_text("[1]", encoding="utf-8")
        else:
            (folder / name).write_bytes((folder / name).read_bytes()[:40])

    folder = rewrite(change)
    with pytest.raises(ModelError):
        load_router(folder)


@pytest.mark.parametrize("spec", ["future:3", "ngrams:1--2", "ngrams:9-1"])
def test_an_encoder_that_is_not_known_is_named(rewrite, spec):
    folder = rewrite(lambda folder, manifest: manifest.update(encoder=spec))
    with pytest.raises(ModelError, match=spec.partition(":")[0]):
        load_router(folder)


@pytest.mark.parametrize("spec", [["ngrams"], None, 3, {}])
def test_an_encoder_that_is_no_text_is_refused(rewrite, spec):
    folder = rewrite(lambda folder, manifest: manifest.update(encoder=spec))
    with pytest.raises(ModelError):
        load_router(folder)


@pytest.mark.parametrize("name", [LABELS, CALIBRATION, "encoder/charset.json"])
@pytest.mark.parametrize("content", ["[]", "3", '"x"', "null", "[" * 50_000])
def test_a_part_of_another_kind_is_refused(rewrite, name, content):
    folder = rewrite(lambda folder, _: (folder / name).write_text(content, encoding="utf-8"))
    with pytest.raises(ModelError):
        load_router(folder)


def test_load_names_what_is_missing(tmp_path):
    with pytest.raises(ModelError, match=r"找不到模型目录 .*nowhere"):
        nlp.load(tmp_path / "nowhere")
