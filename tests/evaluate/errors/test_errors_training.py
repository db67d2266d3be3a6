"""Finding a model's training rows again: the same, changed, gone, or not to be told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.corpus.rows import fingerprint, load_rows
from nlp.corpus.split import split_rows, with_labels
from nlp.evaluate.errors.training import CorpusState, search_roots, training_rows

SUBJECTS = (
    "堤坝 路灯 校车 食堂 菜场 车站 公园 水塔 井盖 候车亭 图书室 卫生院 粮站 果园 茶山".split()
)
PLACES = "东塬 西塬 南塬 北塬".split()


def write(file: Path, places, topics=("ecology",)) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {"id": f"{place}{i}", "title": f"{place}村{subject}的事", "topics": list(topics)}
        for place in places
        for i, subject in enumerate(SUBJECTS)
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def parted(tmp_path) -> Path:
    """Return a corpus folder with parts; the test part is a file."""
    write(tmp_path / "corpora/own/train/a.jsonl", PLACES[:2])
    write(tmp_path / "corpora/own/dev/a.jsonl", PLACES[2:3])
    write(tmp_path / "corpora/own/test.jsonl", PLACES[3:])
    return tmp_path / "corpora/own"


def manifest(corpora, learned, **more):
    return {"corpora": corpora, "corpus": fingerprint(learned), "seed": 0, **more}


def parts(folder: Path):
    return load_rows([folder / "train", folder / "dev"])


def test_a_corpus_with_parts_is_the_same(parted, tmp_path):
    found = training_rows(manifest(["corpora/own"], parts(parted)), [tmp_path])
    assert (found.state, found.name, found.missing) == (CorpusState.SAME, "corpora/own", ())
    assert list(found.rows) == parts(parted)
    assert "一致" in found.note
    assert "45 行" in found.note


def test_a_changed_corpus_is_said_to_be(parted, tmp_path):
    asked = manifest(["corpora/own"], parts(parted))
    write(parted / "dev/b.jsonl", PLACES[3:])
    found = training_rows(asked, [tmp_path])
    assert (found.state, len(found.rows)) == (CorpusState.CHANGED, 60)
    assert "改动过" in found.note


def test_a_change_of_the_test_part_is_no_change(parted, tmp_path):
    asked = manifest(["corpora/own"], parts(parted))
    write(parted / "test.jsonl", PLACES[:1])
    assert training_rows(asked, [tmp_path]).state is CorpusState.SAME


def test_a_file_is_split_as_training_split_it(tmp_path):
    write(tmp_path / "rows.jsonl", PLACES)
    with (tmp_path / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"id": "none", "title": "没有标注的一件"}')
    split = split_rows(with_labels(load_rows([tmp_path / "rows.jsonl"])), 7)
    assert split.test
    asked = manifest(["rows.jsonl"], (*split.train, *split.dev), seed=7)
    found = training_rows(asked, [tmp_path])
    assert (found.state, found.rows) == (CorpusState.SAME, (*split.train, *split.dev))
    other = training_rows({**asked, "seed": 8}, [tmp_path])
    assert (other.state, len(other.rows)) == (CorpusState.CHANGED, 61)  # which were held out?


def test_several_corpora_are_split_together(parted, tmp_path):
    write(tmp_path / "more.jsonl", ["中塬"], topics=("industry",))
    rows = with_labels(load_rows([parted, tmp_path / "more.jsonl"]))
    split = split_rows(rows, 0)
    asked = manifest(["corpora/own", "more.jsonl"], (*split.train, *split.dev))
    assert training_rows(asked, [tmp_path]).state is CorpusState.SAME


def test_of_several_corpora_one_is_gone(parted, tmp_path):
    found = training_rows(manifest(["corpora/own", "gone.jsonl"], []), [tmp_path])
    assert (found.state, found.missing) == (CorpusState.UNCHECKED, ("gone.jsonl",))
    assert len(found.rows) == 60
    assert "gone.jsonl" in found.note


@pytest.mark.parametrize("name", ["gone", "//server/share/rows.jsonl", "\\\\server\\rows.jsonl"])
def test_a_corpus_is_gone(name, tmp_path):
    found = training_rows(manifest([name], []), [tmp_path])
    assert (found.state, found.rows, found.missing) == (CorpusState.MISSING, (), (name,))
    assert name in found.note


def test_a_damaged_corpus_is_as_good_as_gone(tmp_path):
    (tmp_path / "rows.jsonl").write_text("{", encoding="utf-8")
    assert training_rows(manifest(["rows.jsonl"], []), [tmp_path]).state is CorpusState.MISSING


def test_a_table_cannot_be_told_changed(tmp_path):
    (tmp_path / "历年.csv").write_text("标题,类别\n东塬村修路的事,城建\n", encoding="utf-8")
    found = training_rows(manifest(["历年.csv"], []), [tmp_path])
    assert (found.state, found.rows[0].title) == (CorpusState.UNCHECKED, "东塬村修路的事")
    assert "无法核对" in found.note


def test_nor_can_the_selection_of_an_adapted_model(parted, tmp_path):
    asked = manifest(["corpora/own"], parts(parted), base="default@12345678")
    assert training_rows(asked, [tmp_path]).state is CorpusState.UNCHECKED


@pytest.mark.parametrize("corpora", [None, [], "corpora/own", [1]])
def test_a_manifest_without_names(corpora, tmp_path):
    assert training_rows({"corpora": corpora, "corpus": ""}, [tmp_path]) is None


def test_names_are_tried_whole_then_by_their_last_part(parted, tmp_path):
    asked = manifest(["elsewhere/own"], parts(parted))
    assert training_rows(asked, [tmp_path]).state is CorpusState.MISSING
    assert training_rows(asked, [tmp_path, tmp_path / "corpora"]).state is CorpusState.SAME


def test_the_shipped_corpora_are_among_the_places_to_look(tmp_path):
    roots = search_roots(tmp_path / "models" / "own")
    assert {Path(), tmp_path, tmp_path / "models"} <= set(roots)
    assert any((root / "corpora/functions").is_dir() for root in roots[1:])
    assert any((root / "functions").is_dir() for root in roots[1:])
