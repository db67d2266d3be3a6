"""The example files of docs/data-files.md and the demo tables are what the pages say."""

import re
import shutil
from pathlib import Path

import nlp
from benchmarks import make_demo
from nlp.classify.history import open_precedents
from nlp.corpus.replies import load_replies
from nlp.corpus.rows import read_jsonl
from nlp.evaluate.gate_file import read_gate
from nlp.evaluate.load import Vocabulary, load_gold
from nlp.io.read import read_replies
from nlp.outcomes import load_outcomes, scheme_names
from nlp.places import load_directory
from nlp.taxonomy import load_functions, load_scheme
from nlp.types import Outcome, Reply

ROOT = Path(__file__).parents[2]


def test_directory_example_loads(examples: Path):
    place = load_directory(examples / "本县/单位目录.yaml", nlp.load().function_keys)
    assert place.unit_of("water") == "县水利局"
    assert place.unit_of("health") == "县政府办公室"
    assert place.unit_of("township", "青岩乡的路") == "青岩乡政府"


def test_functions_example_loads(examples: Path):
    functions = load_functions(examples / "本县/职责.yaml")
    router = nlp.load().with_duties(functions)
    assert [f.key for f in functions] == ["water", "urban_management"]
    assert {hit.duty for hit in router.duties.find("村里吃水困难")} == {"农村饮水安全"}


def test_precedents_example_loads(examples: Path):
    router = nlp.load()
    place = load_directory(examples / "本县/单位目录.yaml", router.function_keys)
    found = open_precedents(examples / "本县/先例.csv", router, place, [].append)
    assert [item.function for item in found.items] == ["water", "urban_management", "education"]


def test_gold_example_loads(examples: Path):
    router = nlp.load()
    place = load_directory(examples / "本县/单位目录.yaml", router.function_keys)
    vocabulary = Vocabulary(place, router.functions, load_scheme())
    rows = load_gold(examples / "本县/历年提案.csv", vocabulary).rows
    assert [row.lead for row in rows] == ["water", "urban_management", "education"]
    assert [row.co for row in rows] == [(), ("township",), ("government_office",)]
    assert [row.topics for row in rows] == [("livelihood",), ("governance",), ("livelihood",)]


def test_gate_example_loads(examples: Path):
    gate = read_gate(examples / "本县/门槛.yaml")
    assert [limit.figure for limit in gate.floors] == ["topics.accuracy", "lead.top1"]
    assert gate.not_worse_than == examples / "本县" / "现用模型"
    assert gate.figures == ("lead.top1",)


def test_scheme_and_corpus_examples_fit(examples: Path):
    scheme = load_scheme(examples / "本县/主题.yaml")
    rows = read_jsonl(examples / "本县/语料.jsonl")
    assert {t for row in rows for t in row.topics or ()} <= {t.key for t in scheme.topics}
    assert [row.co for row in rows] == [(), None]


def test_own_scheme_goes_with_functions_without_topics(examples: Path, tmp_path: Path):
    shutil.copytree(ROOT / "corpora/functions", tmp_path / "职责")
    for file in (tmp_path / "职责").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^topics:.*\n", "", text, flags=re.M), encoding="utf-8")
    scheme = load_scheme(examples / "本县/主题.yaml")
    assert len(load_functions(tmp_path / "职责", scheme)) == 53


def test_outcome_scheme_example_loads(examples: Path):
    scheme = load_outcomes(examples / "本县/结果分类.yaml")
    assert scheme.letters["C"] is Outcome.EXPLAINED
    assert scheme.letters["A"] is Outcome.SOLVED
    assert scheme.find("因上级政策限制") == ("因上级政策限制", Outcome.LIMITED)
    assert scheme.find("正在解决") == ("正在解决", Outcome.SOLVED)
    listed = re.findall(
        r"^\| `([\w-]+)` \| ", (ROOT / "docs/data-files.md").read_text("utf-8"), re.M
    )
    assert set(scheme_names()) <= set(listed)


def test_reply_table_example_is_read(examples: Path):
    rows = list(read_replies(str(examples / "本县/答复.csv")).items)
    assert all(isinstance(row, Reply) for row in rows)
    assert [row.id for row in rows] == ["1", "2"]


def test_labelled_replies_example_is_sound(examples: Path):
    rows = load_replies([examples / "本县/答复语料.jsonl"])
    assert [row.outcome for row in rows] == [Outcome.SOLVED, Outcome.PLANNED]
    first = rows[0]
    assert all(span in first.reply for span in first.key_spans or ())
    proofs = [proof for fact in first.facts or () for proof in fact.must_match]
    assert all(proof in first.reply and proof in (first.summary or "") for proof in proofs)


def test_demo_tables_are_what_their_rows_make(tmp_path: Path):
    make_demo.write_replies(tmp_path / "replies.csv")
    committed = ROOT / "corpora/demo/replies.csv"
    assert (tmp_path / "replies.csv").read_bytes() == committed.read_bytes()
    found = list(read_replies(str(committed)).items)
    assert len(found) == 14
    assert sum(not isinstance(row, Reply) for row in found) == 1
