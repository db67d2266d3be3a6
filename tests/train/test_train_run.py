"""Training from files to a model directory: whole, honest about its data, the same every time."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import nlp
from nlp.corpus.rows import fingerprint, load_rows
from nlp.errors import InputError, ModelError, UsageError
from nlp.shipped import shipped
from nlp.store import open_model
from nlp.train.run import TrainOptions, train
from nlp.train.sources import FEWEST, corpus_name
from nlp.types import Decision

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows(small_corpus):
    lines = small_corpus.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def options(functions_file):
    return TrainOptions(functions=functions_file)


@pytest.fixture
def corpus(tmp_path):
    def write(rows, name="rows.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(tmp_path, options):
    def run(path, **changes):
        said = []
        trained = train([path], tmp_path / "out", replace(options, **changes), on_step=said.append)
        return trained, said

    return run


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def metrics(trained):
    return trained.stored.json("metrics.json")


def test_a_model_directory_is_whole_and_plain(small_model):
    stored = open_model(small_model)
    assert set(files(small_model)) == {
        "manifest.json",
        "labels.json",
        "calibration.json",
        "heads.safetensors",
        "metrics.json",
        "README.md",
        "encoder/charset.json",
        "encoder/ngrams.safetensors",
    }
    assert stored.manifest["task"] == "route"
    assert stored.manifest["encoder"] == "ngrams:1-2"
    assert stored.manifest["versions"].keys() >= {"numpy", "scipy", "scikit-learn"}


def test_the_line_is_printed_stored_and_on_the_card(small_corpus, run):
    trained, said = run(small_corpus)
    assert said[0].startswith("语料：训练 ")
    assert len(said) >= 3
    assert metrics(trained)["line"] == trained.line
    for figure in ("主题准确率", "主题宏平均 F1", "主办前1/前3", "校准误差", "要求 95% 时自动"):
        assert figure in trained.line
    card = (trained.stored.folder / "README.md").read_text(encoding="utf-8")
    assert all(part in card for part in trained.line.split("，"))
    parts = metrics(trained)["parts"]
    assert sum(parts.values()) == 120
    assert f"{parts['train']} training rows" in card


def test_same_inputs_and_seed_give_the_same_bytes(small_corpus, small_model, run):
    trained, _ = run(small_corpus)
    assert files(trained.stored.folder) == files(small_model)


def test_another_seed_gives_another_split(small_corpus, small_model, run):
    trained, _ = run(small_corpus, seed=7)
    assert trained.stored.manifest["seed"] == 7
    assert len(trained.stored.manifest["corpora"]) == 1
    assert trained.stored.manifest["corpus"] != open_model(small_model).manifest["corpus"]


def test_the_process_does_not_matter(small_corpus, small_model, functions_file, tmp_path):
    code = (
        "import sys; from pathlib import Path;"
        "from nlp.train.run import TrainOptions, train;"
        "corpus, out, functions = map(Path, sys.argv[1:]);"
        "train([corpus], out, TrainOptions(functions=functions), on_step=lambda _: None)"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-c", code, str(small_corpus), str(out), str(functions_file)]
    subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": "17", "PYTHONPATH": "."})
    assert files(out) == files(small_model)


def test_the_model_routes_what_it_learned(small_model):
    router = nlp.load(small_model)
    titles = {
        "给村里小学配老师": ("education", "livelihood"),
        "水库大坝和河道岸线要管": ("water", "ecology"),
        "公交和客车班次太少": ("transport", "livelihood"),
        "合作社种蔬菜缺农机补贴": ("agriculture_rural", "industry"),
    }
    for (function, topic), result in zip(titles.values(), router.classify(titles), strict=True):
        assert result.lead[0].function == function
        assert result.topics[0].label == topic


def test_shipped_other_texts_are_the_default(small_corpus, run, small_model):
    counts = json.loads((small_model / "metrics.json").read_text(encoding="utf-8"))["detector"]
    others = load_rows([shipped("others") / "test.jsonl"])
    assert counts["others_rows"] == len(others) > 100
    assert counts["others_rejected"] > 0.3
    assert counts["proposals_rejected"] < 0.2


def test_own_other_texts_replace_them(small_corpus, run, corpus):
    for part in ("train", "dev", "test"):
        texts = [{"title": f"lorem ipsum {part} {i} dolor sit"} for i in range(20)]
        folder = corpus(texts, f"others/{part}.jsonl").parent
    trained, _ = run(small_corpus, others=folder)
    assert metrics(trained)["detector"]["others_rows"] == 20
    (result,) = nlp.load(trained.stored.folder).classify(["lorem ipsum amet"])
    assert result.decision is Decision.ABSTAIN


def test_single_topics_give_no_thresholds(rows, corpus, run):
    single = [row | {"topics": row["topics"][:1]} for row in rows]
    trained, _ = run(corpus(single))
    router = nlp.load(trained.stored.folder)
    assert router.topics.thresholds is None
    assert all(len(s.accepted_topics) == 1 for s in router.classify([r["title"] for r in rows]))


def test_several_topics_give_a_threshold_each(small_router):
    assert len(small_router.topics.thresholds) == len(small_router.topics.labels) == 5
    assert all(0 < t < 1 for t in small_router.topics.thresholds)


def test_topics_of_an_own_scheme(rows, corpus, run):
    names = {"livelihood": "民生", "ecology": "ecology", "industry": "乡村产业"}
    own = [row | {"topics": [names[t] for t in row["topics"]]} for row in rows]
    trained, _ = run(corpus(own))
    router = nlp.load(trained.stored.folder)
    assert dict(zip(router.topics.labels, router.topics.names, strict=True)) == {
        "ecology": "生态环境",
        "乡村产业": "乡村产业",
        "民生": "民生",
    }
    (result,) = router.classify(["小学老师不够"])
    assert result.topics[0].label == "民生"


def test_unknown_functions_get_a_column_of_their_own(rows, corpus, run, generic):
    own = [
        row | {"lead": "school_board" if row["lead"] == "education" else row["lead"]}
        for row in rows
    ]
    own[40]["co"] = ["night_watch"]
    trained, _ = run(corpus(own))
    router = nlp.load(trained.stored.folder)
    assert router.function_keys[-2:] == ("night_watch", "school_board")
    (result,) = router.classify(["高中毕业班课后服务"])  # no word of education's duties
    assert result.lead[0].function == "school_board"
    assert result.lead[0].unit == generic.default


def test_without_co_handlers_nobody_is_asked_to_help(rows, corpus, run):
    bare = [{k: v for k, v in row.items() if k != "co"} for row in rows]
    trained, _ = run(corpus(bare))
    assert "co" not in metrics(trained) or not metrics(trained)["co"]
    router = nlp.load(trained.stored.folder)
    assert all(s.co == () for s in router.classify([r["title"] for r in rows[:20]]))


def test_without_topics_units_alone_are_learned(rows, corpus, run):
    trained, _ = run(corpus([{k: row[k] for k in ("title", "lead")} for row in rows]))
    assert "主题" not in trained.line
    router = nlp.load(trained.stored.folder)
    assert router.topics is None
    assert next(router.classify(["水库大坝渗漏"])).lead[0].function == "water"


def test_without_leads_topics_alone_are_learned(rows, corpus, run):
    trained, _ = run(corpus([{k: row[k] for k in ("title", "topics")} for row in rows]))
    router = nlp.load(trained.stored.folder)
    assert router.units is None
    assert next(router.classify(["水库大坝渗漏"])).topics[0].label == "ecology"


def test_a_short_function_file_is_enough(small_corpus, run):
    trained, _ = run(small_corpus, functions=ROOT / "tests" / "train" / "small_functions.yaml")
    router = nlp.load(trained.stored.folder)
    short = ("education", "water", "agriculture_rural", "transport")
    assert router.function_keys == (*short, "health")  # co-handles in the rows
    assert next(router.classify(["水库大坝渗漏"])).lead[0].unit == "水利局"


@pytest.mark.parametrize("fault", ["one topic", "all alike"])
def test_rows_that_teach_nothing_are_refused_in_words(rows, corpus, run, fault):
    if fault == "one topic":
        poor = [row | {"topics": ["ecology"]} for row in rows]
    else:
        poor = [row | {"title": f"关于解决村民吃水困难问题的建议{i}"} for i, row in enumerate(rows)]
        poor = [{k: row[k] for k in ("title", "topics", "lead")} for row in poor]
    with pytest.raises(InputError):
        run(corpus(poor))


def test_too_few_labelled_rows_are_refused(rows, corpus, run, tmp_path):
    few = [*rows[: FEWEST - 1], *({"title": f"没有标注{i}"} for i in range(50))]
    with pytest.raises(InputError, match=f"只有 {FEWEST - 1} 行，至少要 {FEWEST} 行"):
        run(corpus(few))
    assert not (tmp_path / "out").exists()


def test_bad_options_are_refused_before_anything_is_written(small_corpus, run, tmp_path):
    for spec in ("nosuch", "ngrams:9"):
        with pytest.raises(UsageError, match=spec):
            run(small_corpus, encoder=spec)
    with pytest.raises(InputError):
        run(tmp_path / "nowhere.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_model_is_left_alone(small_corpus, run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ModelError, match="不是模型目录"):
        run(small_corpus)
    assert list(files(tmp_path / "out")) == ["letter.txt"]


@pytest.fixture
def parted(rows, corpus):
    """A folder with three parts; dev has no lead."""
    for part, chosen in (("train", rows[::2]), ("dev", rows[1::4]), ("test", rows[3::4])):
        path = corpus(chosen, f"parted/{part}/a.jsonl")
    return path.parents[1]


def test_a_folder_with_parts_is_used_as_split(parted, run):
    trained, said = run(parted, seed=5)
    assert any("训练 60 行，调参 30 行，测试 30 行" in line for line in said)
    assert metrics(trained)["parts"] == {"train": 60, "dev": 30, "test": 30}
    assert trained.stored.manifest["corpus"] == fingerprint(
        load_rows([parted / "train", parted / "dev"])
    )


def test_several_inputs_are_joined_and_split_anew(parted, tmp_path, options):
    folders = [parted / "train", parted / "dev"]
    trained = train(folders, tmp_path / "out", options, on_step=lambda _: None)
    parts = metrics(trained)["parts"]
    assert sum(parts.values()) == 90
    assert parts["train"] > 60


def test_dev_rows_without_lead_still_tune_the_topics(parted, rows, corpus, run):
    corpus([{k: row[k] for k in ("title", "topics")} for row in rows[1::4]], "parted/dev/a.jsonl")
    trained, _ = run(parted)
    router = nlp.load(trained.stored.folder)
    assert router.curve == ()
    assert router.units.lead_temperature == 1.0
    assert router.topics.temperature != 1.0


def test_the_scheme_and_all_functions_are_kept(small_router):
    assert small_router.topics.labels == (
        "industry",
        "culture_tourism",
        "livelihood",
        "ecology",
        "governance",
    )
    assert {"education", "telecom", "court"} <= set(small_router.function_keys)


def test_a_model_names_its_corpora_without_saying_where_a_users_files_lie(tmp_path):
    assert corpus_name(tmp_path / "某人" / "历年.xlsx") == "某人/历年.xlsx"
    assert corpus_name(Path("corpora/proposals")) == "corpora/proposals"
