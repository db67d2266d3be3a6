"""Folders of the `datasets` library: a repository with its README, and what save_to_disk wrote."""

from __future__ import annotations

import json

import pytest

from nlp.corpus.rows import Row
from nlp.errors import DataError, InputError, UsageError
from nlp.evaluate.gold.office import Vocabulary
from nlp.evaluate.load import load_gold
from nlp.places import Directory, Unit
from nlp.taxonomy import Function, Scheme, Topic

pytestmark = pytest.mark.usefixtures("no_network")

RECORDS = [
    {"id": "a", "title": "学校食堂", "topics": ["livelihood"], "lead": "education", "co": []},
    {"id": "b", "title": "河道清淤", "topics": ["ecology"], "lead": None, "co": ["water"]},
]
ROWS = (
    Row("a", "学校食堂", topics=("livelihood",), lead="education", co=()),
    Row("b", "河道清淤", topics=("ecology",), co=("water",)),
)
CHINESE = [
    {"案号": "7", "提案标题": "关于学校食堂的提案", "类别": "民生福祉", "主办单位": "县教育局"},
    {"案号": "8", "提案标题": "关于河道清淤的提案", "类别": None, "主办单位": "县水务局"},
]


@pytest.fixture
def words() -> Vocabulary:
    units = (Unit("县教育局", (), ("education",)), Unit("县水务局", (), ("water",)))
    functions = (Function("education", "教育"), Function("water", "水利"))
    scheme = Scheme("两类", (Topic("livelihood", "民生福祉"), Topic("ecology", "生态环境")))
    return Vocabulary(Directory("试县", "county", units), functions, scheme)


@pytest.fixture
def library():
    return pytest.importorskip("datasets")


@pytest.fixture
def repository(tmp_path):
    """Return what makes a dataset repository of splits given as {path: text or Dataset}."""

    def make(configs: str, files):
        folder = tmp_path / "提案集"
        folder.mkdir()
        (folder / "README.md").write_text(f"---\n{configs}---\n# 数据\n", encoding="utf-8")
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            if isinstance(content, str):
                (folder / name).write_text(content, encoding="utf-8")
            else:
                content.to_parquet(folder / name)
        return folder

    return make


def lines(records) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


def configs(**splits: str) -> str:
    stated = "".join(f"  - {{split: {name}, path: '{path}'}}\n" for name, path in splits.items())
    return f"configs:\n- config_name: default\n  data_files:\n{stated}"


def test_jsonl_of_a_repository_keeps_its_lines(repository, words):
    folder = repository(
        configs(train="train/*.jsonl", test="test/*.jsonl"),
        {"train/x.jsonl": lines(RECORDS[:1]), "test/甲.jsonl": "\n" + lines(RECORDS)},
    )
    gold = load_gold(folder, words)
    assert gold.rows == ROWS
    assert gold.where == ("test/甲.jsonl 第2行", "test/甲.jsonl 第3行")
    (note,) = gold.notes
    assert "分 train、test：用了 test" in note
    assert "2 行" in note
    assert load_gold(folder, words, split="train").rows == ROWS[:1]
    with pytest.raises(UsageError, match="没有“dev”"):
        load_gold(folder, words, split="dev")


def test_parquet_shards(repository, words, library):
    whole = library.Dataset.from_list(RECORDS)
    shards = {f"data/validation-{n}-of-2.parquet": whole.shard(2, n) for n in range(2)}
    folder = repository(configs(validation="data/validation-*"), shards)
    gold = load_gold(folder, words)
    assert gold.rows == ROWS
    assert gold.where == ("提案集 validation 第1行", "提案集 validation 第2行")


def test_csv_under_chinese_heads(repository, words):
    text = "案号,案由,类别,承办单位\n7,关于学校食堂的提案,民生福祉,县教育局\n"
    folder = repository(configs(test="表.csv"), {"表.csv": text})
    gold = load_gold(folder, words)
    assert [(r.id, r.topics, r.lead) for r in gold.rows] == [("7", ("livelihood",), "education")]
    assert gold.where == ("提案集 test 第1行",)


def test_classes_are_read_by_their_names(repository, words, library):
    features = library.Features(
        {
            "标题": library.Value("string"),
            "label": library.ClassLabel(names=["生态环境", "民生福祉"]),
        }
    )
    table = library.Dataset.from_dict({"标题": ["关于食堂", "关于水"], "label": [1, 0]}, features)
    folder = repository(configs(train="x.parquet"), {"x.parquet": table})
    gold = load_gold(folder, words)
    assert [row.topics for row in gold.rows] == [("livelihood",), ("ecology",)]
    assert "只有 train 一份" in gold.notes[0]


def test_a_saved_dict_of_splits(tmp_path, words, library):
    both = library.DatasetDict(
        {
            "train": library.Dataset.from_list(RECORDS[:1]),
            "dev": library.Dataset.from_list(CHINESE),
        }
    )
    both.save_to_disk(tmp_path / "存盘")
    gold = load_gold(tmp_path / "存盘", words)
    assert [(r.id, r.topics, r.lead) for r in gold.rows] == [
        ("7", ("livelihood",), "education"),
        ("8", None, "water"),
    ]
    assert gold.where[1] == "存盘 dev 第2行"
    assert "没有 test，用了 dev" in gold.notes[0]
    assert load_gold(tmp_path / "存盘", words, split="train").rows == ROWS[:1]


def test_a_saved_single_set(tmp_path, words, library):
    library.Dataset.from_list(RECORDS).save_to_disk(tmp_path / "存盘")
    gold = load_gold(tmp_path / "存盘", words)
    assert (gold.rows, gold.where[0], gold.notes) == (ROWS, "存盘 第1行", ())
    with pytest.raises(UsageError, match="只有一份"):
        load_gold(tmp_path / "存盘", words, split="test")


def test_splits_of_other_names_are_read_together(tmp_path, words, library):
    parts = {f"第{n}批": library.Dataset.from_list(RECORDS) for n in (1, 2)}
    library.DatasetDict(parts).save_to_disk(tmp_path / "存盘")
    gold = load_gold(tmp_path / "存盘", words)
    assert [row.id for row in gold.rows] == ["a", "b", "a#2", "b#2"]
    assert "几份都用了" in gold.notes[0]


def test_records_that_break_the_contract_are_all_named(tmp_path, words, library):
    records = [{"title": "甲", "lead": "water"}, {"title": "", "lead": "x"}, {"title": " "}]
    library.Dataset.from_list(records).save_to_disk(tmp_path / "存盘")
    with pytest.raises(DataError) as caught:
        load_gold(tmp_path / "存盘", words)
    assert [fault[:4] for fault in caught.value.faults] == ["第2行：", "第3行："]


def test_a_damaged_shard_is_said(tmp_path, words, library):
    library.Dataset.from_list(RECORDS).save_to_disk(tmp_path / "存盘")
    (tmp_path / "存盘" / "data-00000-of-00001.arrow").write_bytes(b"ARROW1")
    with pytest.raises(InputError, match="“存盘”作为 Hugging Face 数据集读不出来"):
        load_gold(tmp_path / "存盘", words)


def test_code_in_a_repository_is_not_run(repository, words, tmp_path):
    folder = repository(configs(test="a.jsonl"), {"a.jsonl": lines(RECORDS)})
    (folder / "提案集.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(InputError, match="读不出来"):
        load_gold(folder, words)
    assert not (tmp_path / "ran").exists()


def test_data_on_the_net_is_refused(repository, words):
    folder = repository(configs(test="https://example.org/a.jsonl"), {})
    with pytest.raises(InputError, match="不联网"):
        load_gold(folder, words)


def test_data_outside_the_folder_is_refused(repository, words, tmp_path):
    (tmp_path / "a.jsonl").write_text(lines(RECORDS), encoding="utf-8")
    with pytest.raises(InputError, match="文件夹外面"):
        load_gold(repository(configs(test="../a.jsonl"), {}), words)


def test_several_configurations_are_refused_by_name(repository, words):
    stated = "".join(f"- {{config_name: {name}, data_files: a.jsonl}}\n" for name in "ab")
    folder = repository(f"configs:\n{stated}", {"a.jsonl": lines(RECORDS)})
    with pytest.raises(InputError, match=r"\['a', 'b'\]"):
        load_gold(folder, words)


def test_the_shipped_corpus_gives_its_test_part(words):
    from nlp.corpus.rows import load_rows
    from nlp.shipped import shipped

    corpus = shipped("places").parent / "proposals"
    if not corpus.is_dir():
        pytest.skip("corpora/proposals is not here")
    gold = load_gold(corpus, words)
    assert gold.rows == tuple(load_rows([corpus / "test.jsonl"]))
