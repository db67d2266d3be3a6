"""The documents tell the truth: commands run, examples load, links and figures are right."""

import doctest
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import figures
from nlp.outcomes import scheme_names
from nlp.summarize.quality import MESSAGES
from nlp.types import Outcome

ROOT = Path(__file__).parents[2]
READMES = tuple(ROOT / name for name in figures.WORDINGS)
PLACES = ("*.md", "docs/*.md", "models/*.md", "corpora/**/*.md")
PAGES = sorted(path for pattern in PLACES for path in ROOT.glob(pattern))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.S | re.M)
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
    shown = capsys.readouterr().out
    assert "livelihood" in shown
    assert "3月12日修复" in shown


def test_docstring_of_the_package_runs():
    found = doctest.testmod(importlib.import_module("nlp"))
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("command", "text", "heads"),
    [
        (["classify.py"], "关于修缮村小学教室的建议", ("Suggestions", "分办结果")),
        (
            ["-m", "nlp.cli.app", "summarize"],
            "村小学教室已于8月修缮完毕。",
            ("Digests", "答复摘要"),
        ),
    ],
)
def test_json_contract_lists_every_field_in_order(
    command: list[str], text: str, heads: tuple[str, str]
):
    line = subprocess.run(
        [sys.executable, *command, "-", "--quiet"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    for path, head in zip(READMES, heads, strict=True):
        contract = re.split(rf"^### {head}$", path.read_text("utf-8"), flags=re.M)[1]
        contract = re.split(r"^#", contract, flags=re.M)[0]
        assert re.findall(r"^\| `(\w+)` \|", contract, re.M) == list(json.loads(line))


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_warning_outcome_and_scheme_is_listed(path: Path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+)`", text))
    assert {*MESSAGES, *Outcome, *scheme_names()} - named == set()


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
