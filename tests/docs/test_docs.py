"""The documents tell the truth: commands run, examples load, links and figures are right."""

import doctest
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nlp
from benchmarks import figures
from nlp.classify.history import open_precedents
from nlp.corpus.rows import read_jsonl
from nlp.evaluate.load import Vocabulary, load_gold
from nlp.places import load_directory
from nlp.taxonomy import load_functions, load_scheme

ROOT = Path(__file__).parents[2]
READMES = tuple(ROOT / name for name in figures.WORDINGS)
PLACES = ("*.md", "docs/*.md", "models/*.md", "corpora/**/*.md")
PAGES = sorted(path for pattern in PLACES for path in ROOT.glob(pattern))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.S | re.M)
FILE = re.compile(r"<!-- 文件：(\S+) -->\n```\w+\n(.*?)```", re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
OURS = re.compile(r"(?:printf .*\| *)?(?:fenban |python classify\.py|python train\.py)")
SLOW = ("fenban train",)


def blocks(path: Path, *languages: str) -> list[str]:
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [text for language, text in found if language in languages]


def commands(path: Path) -> list[str]:
    """List a page's commands of ours, without prompts; output and comments are left out."""
    lines = [line for text in blocks(path, "sh") for line in text.splitlines()]
    lines += [
        line.removeprefix("$ ")
        for text in blocks(path, "console")
        for line in text.splitlines()
        if line.startswith("$ ")
    ]
    return [line for line in lines if OURS.match(line)]


ALL_COMMANDS = list(dict.fromkeys(line for path in READMES for line in commands(path)))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the examples of docs/data-files.md and return the folder that holds 本县/."""
    folder = tmp_path_factory.mktemp("examples")
    for name, text in FILE.findall((ROOT / "docs/data-files.md").read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_both_readmes_show_the_same_commands():
    first, second = (commands(path) for path in READMES)
    assert first == second
    assert len(first) >= 10


@pytest.mark.parametrize("line", [c for c in ALL_COMMANDS if not c.startswith(SLOW)])
def test_command_runs(line: str, examples: Path, tmp_path: Path):
    python = f'"{sys.executable}"'
    line = re.sub(r"\bfenban (?=\w)", lambda _: f"{python} -m nlp.cli.app ", line)
    line = line.replace("python classify.py", f"{python} classify.py")
    line = line.replace("本县/", f"{examples}/本县/").replace("out/", f"{tmp_path}/")
    environment = {**os.environ, "FENBAN_DEBUG": "1"}
    done = subprocess.run(
        line, shell=True, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode in (0, 3), done.stderr
    assert done.stdout or any(tmp_path.iterdir())


@pytest.mark.parametrize("line", [c for c in ALL_COMMANDS if c.startswith(SLOW)])
def test_slow_command_has_its_options(line: str):
    command = [sys.executable, "-m", "nlp.cli.app", "train", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert all(option in shown.stdout for option in re.findall(r"--\w+", line))


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_python_example_runs(path: Path, capsys: pytest.CaptureFixture[str]):
    (code,) = blocks(path, "python")
    exec(compile(code, path.name, "exec"), {})
    assert "livelihood" in capsys.readouterr().out


def test_docstring_of_the_package_runs():
    found = doctest.testmod(importlib.import_module("nlp"))
    assert found.attempted
    assert not found.failed


def test_json_contract_lists_every_field_in_order():
    line = subprocess.run(
        [sys.executable, "classify.py", "-", "--quiet"],
        input="关于修缮村小学教室的建议",
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    for path in READMES:
        contract = re.split(r"^## (?:Contract|输出约定)$", path.read_text("utf-8"), flags=re.M)[1]
        assert re.findall(r"^\| `(\w+)` \|", contract, re.M) == list(json.loads(line))


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_figures_and_example_are_current(path: Path):
    assert path.read_text(encoding="utf-8") == figures.refreshed()[path], (
        "run: python -m benchmarks.figures"
    )


def test_a_block_needs_its_markers():
    text = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb"
    assert figures.replace_block(text, "x", "new") == text.replace("old", "new")
    with pytest.raises(ValueError, match="x:begin"):
        figures.replace_block("a", "x", "new")


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


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = [t for t in LINK.findall(text) if "://" not in t]
    missing = [
        t for t in targets if not (path.parent / (t.partition("#")[0] or path.name)).exists()
    ]
    assert not missing


def test_map_of_rooms_is_complete():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [p.name for p in (ROOT / "nlp").iterdir() if (p / "__init__.py").exists()]
    assert [room for room in rooms if f"`nlp/{room}/`" not in text] == []
    named = re.findall(r"`(?:nlp/)?(\w+\.py)`", text)
    found = {p.name for p in (ROOT / "nlp").rglob("*.py")}
    assert [name for name in named if name not in found] == []


def test_others_card_matches_its_files():
    folder = ROOT / "corpora/others"
    genres = {}
    for part in ("train", "dev", "test"):
        lines = (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
        found = [json.loads(line)["genre"] for line in lines]
        genres[part] = set(found)
        row = f"| `{part}.jsonl` | {len(found)} | {len(genres[part])} |"
        assert row in (folder / "README.md").read_text(encoding="utf-8")
    assert not (genres["train"] & genres["dev"] or genres["train"] & genres["test"])


def test_others_load_as_a_hugging_face_dataset(tmp_path: Path):
    code = (
        "import sys, datasets; datasets.disable_progress_bars(); "
        "d = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2]); "
        "print({k: len(v) for k, v in d.items()})"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, "corpora/others", str(tmp_path / "cache")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "{'train': 1800, 'dev': 160, 'test': 160}", done.stderr
