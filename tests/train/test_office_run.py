"""From an office's table to a model directory: read, warned of, written, the same every time."""

import csv
import json
from dataclasses import replace

import pytest

import nlp
from nlp.classify.files import load_router
from nlp.errors import InputError
from nlp.shipped import shipped
from nlp.store import open_model
from nlp.train.office.run import Adaptation, adapt_files, settled
from nlp.train.sources import load_office_rows, vocabulary_for

HEAD = ("案号", "案由", "类别", "主办单位", "会办单位")
UNITS = {
    "education": ("科教文卫", "县教育体育局"),
    "health": ("科教文卫", "县卫健局"),
    "transport": ("城建交通", "县交通运输局"),
    "water": ("农林水利", "县水利局"),
    "agriculture_rural": ("农林水利", "县农业农村局"),
    "civil_affairs": ("社会事业", "县银龄事务中心"),
}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Write a yearly list as an office keeps it; one unit is in no directory."""
    file = shipped("others").parent / "proposals" / "test.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["lead"] in UNITS][:90]
    path = tmp_path_factory.mktemp("history") / "去年分办表.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows((r["id"], r["title"], *UNITS[r["lead"]], "县财政局") for r in rows)
        twin = next(row["title"] for row in rows if row["lead"] == "water")
        writer.writerow(("X-1", twin, "城建交通", "县财政局", ""))
    return path


def run(table, out, audit=None):
    said, warned = [], []
    options = Adaptation(shipped("models") / "default", place="county", audit=audit)
    trained = adapt_files([table], out, options, on_step=said.append, on_warning=warned.append)
    return trained, said, warned


@pytest.fixture(scope="module")
def adapted(table, tmp_path_factory):
    out = tmp_path_factory.mktemp("adapted")
    return *run(table, out / "mine", out / "可疑.csv"), out / "可疑.csv"


def test_the_directory_tells_base_rows_and_figures(adapted):
    trained, _, _, _ = adapted
    stored = open_model(trained.stored.folder)
    assert stored.manifest["base"].startswith("default@")
    assert stored.manifest["rows"] == 91
    metrics = stored.json("metrics.json")
    assert metrics["line"] == trained.line
    assert metrics["adaptation"]["base"] == stored.manifest["base"]
    assert metrics["adaptation"]["topics"]["before_is"] == "scratch"
    assert metrics["adaptation"]["lead"]["before_is"] == "base"
    card = (stored.folder / "README.md").read_text(encoding="utf-8")
    figures = trained.line.partition("，")[2].split("；")
    for part in (stored.manifest["base"], "91 labelled rows", *figures):
        assert part in card


def test_one_line_says_before_and_after(adapted):
    line = adapted[0].line
    assert line.startswith("本单位历史五折交叉验证，类别前1/前3：只用这些行训练 ")
    assert "；主办前1/前3：基础模型 " in line
    assert line.count(" → 适配后 ") == 2


def test_warnings_name_rows_and_titles(adapted):
    _, _, warned, listed = adapted
    (twins,) = [w for w in warned if "标题几乎相同" in w and "类别" in w]
    assert "X-1《" in twins
    assert all(w.endswith("。") for w in warned)
    with listed.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["编号", "标题", "标注", "原来标的", "更像", "把握"]
    assert ["X-1", "标题几乎相同"] in [[line[0], line[5]] for line in lines[1:]]


def test_the_model_knows_the_offices_words(adapted):
    router = nlp.load(adapted[0].stored.folder)
    (found,) = router.classify(["关于疏浚河道、加固水库大坝的建议"])
    assert found.topics[0].label == "农林水利"
    assert found.lead[0].function == "water"
    (old,) = router.classify(["关于提高养老院护理水平的建议"])
    assert old.lead[0].unit == "县银龄事务中心"


def test_the_same_rows_give_the_same_bytes(adapted, table, tmp_path):
    trained, said, _ = run(table, tmp_path / "mine")
    assert said == adapted[1][: len(said)]
    one, other = (
        {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()}
        for f in (adapted[0].stored.folder, trained.stored.folder)
    )
    assert one == other


def test_describe_names_the_base(adapted):
    from nlp.describe import describe

    lines = list(describe(adapted[0].stored.folder))
    assert any(line.startswith("由 default@") for line in lines)
    assert any("五折交叉验证" in line for line in lines)


def test_a_merged_unit_is_what_the_row_is_about(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text(
        "案由,主办单位\n关于增加小学教师编制的建议,县教体局\n"
        "关于建设社区足球场、发展全民健身的建议,县教体局\n关于修桥的建议,县河长办公室\n",
        encoding="utf-8",
    )
    router = load_router(shipped("models") / "default")
    words = vocabulary_for("county", router.functions, router.scheme)
    rows = load_office_rows([path], replace(words, own_units=True), lambda _: None)
    leads = [row.lead for row in settled(router, rows)]
    assert leads[:2] == ["education", "sports"]


def test_too_few_rows_leave_no_folder(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("案由,类别\n关于修桥的建议,交通\n关于修路的建议,城建\n", encoding="utf-8")
    with pytest.raises(InputError, match="只有 2 行，至少要 20 行"):
        run(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
