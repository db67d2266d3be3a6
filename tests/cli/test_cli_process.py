"""What only a process of its own can show: imports, terminals, pipes, signals, locales."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FENBAN = [sys.executable, "-m", "nlp.cli.app"]
HEAVY = ("numpy", "scipy", "sklearn", "torch", "datasets", "pandas", "rich", "jieba")


def fenban(*arguments: object, **options) -> subprocess.CompletedProcess:
    options = {"cwd": ROOT, "capture_output": True, "timeout": 60, **options}
    return subprocess.run([*FENBAN, *map(str, arguments)], check=False, **options)


def imported(tmp_path: Path, *arguments: object) -> set[str]:
    """Run a command and list which heavy packages it imported."""
    code = (
        "import sys, nlp.cli.app as app\n"
        f"sys.argv = ['fenban', *{list(map(str, arguments))!r}]\n"
        "app.run(app.app)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    return set(json.loads(ran.stderr.splitlines()[-1].replace(b"'", b'"')))


@pytest.mark.parametrize("command", ["", "classify", "summarize", "evaluate"])
def test_help_imports_nothing_heavy(tmp_path, command):
    assert imported(tmp_path, *filter(None, [command]), "--help") == set()


def test_classify_imports_only_what_it_needs(tmp_path, table, small_model):
    out = tmp_path / "果.xlsx"
    found = imported(tmp_path, "classify", table, "--model", small_model, "--out", out)
    assert out.exists()
    assert found <= {"numpy", "scipy"}


def test_scripts_and_the_shipped_model(table):
    ran = subprocess.run(
        [sys.executable, ROOT / "classify.py", table], cwd=table.parent, capture_output=True
    )
    assert ran.returncode == 3
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == [
        "001", "002", "003", "004",
    ]  # fmt: skip


@pytest.fixture
def long_table(tmp_path) -> Path:
    path = tmp_path / "长.csv"
    rows = "".join(f"{n},关于修建第{n}小学的建议\n" for n in range(40_000))
    path.write_text("编号,案由\n" + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize("rows", [4, 20_000])
def test_a_reader_that_goes_early_is_no_fault(table, long_table, small_model, rows):
    source = table if rows == 4 else long_table
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        ran = fenban(
            "classify", source, "--model", small_model, "--quiet",
            stdout=pipe, stderr=subprocess.PIPE, capture_output=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_full_disk_behind_standard_output(table, small_model):
    with Path("/dev/full").open("wb") as full:
        ran = fenban(
            "classify", table, "--model", small_model, "--quiet",
            stdout=full, stderr=subprocess.PIPE, capture_output=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.decode().startswith("错误：磁盘已满")


def test_interrupting_leaves_the_earlier_result(long_table, small_model, tmp_path):
    out = tmp_path / "果.csv"
    out.write_text("早先的结果")
    job = subprocess.Popen(
        [*FENBAN, "classify", long_table, "--model", small_model, "--out", out],
        cwd=ROOT, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    job.stderr.readline()  # the columns are told: it is about to classify
    job.send_signal(signal.SIGINT)
    said = job.communicate(timeout=60)[1].decode()
    assert job.returncode == 130
    assert "已中断" in said
    assert "Traceback" not in said
    assert out.read_text() == "早先的结果"
    assert not list(tmp_path.glob(".*.tmp"))


def on_terminal(columns: int, *arguments: object) -> str:
    """Run a command on a pseudo-terminal and return everything it showed."""
    main, side = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    job = subprocess.Popen(
        [*FENBAN, *map(str, arguments)], cwd=ROOT, env=env, stdin=side, stdout=side, stderr=side
    )
    os.close(side)
    shown = b""
    while select.select([main], [], [], 60)[0]:
        try:
            data = os.read(main, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(main)
    assert job.wait(60) == 3
    return shown.decode()


@pytest.mark.parametrize("columns", [60, 200])
def test_a_terminal_gets_a_readable_table(table, small_model, columns):
    shown = on_terminal(columns, "classify", table, "--model", small_model)
    assert "主办单位" in shown
    assert "出错" in shown
    assert '{"id"' not in shown


def test_a_terminal_sees_progress_and_quiet_hides_it(table, small_model, tmp_path):
    job = ("classify", table, "--model", small_model, "--out", tmp_path / "果.xlsx")
    assert "已处理" in on_terminal(100, *job)
    assert on_terminal(100, *job, "--quiet") == ""


POOR = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


def test_no_home_and_a_locale_without_chinese(table, small_model):
    job = ("--model", small_model, "--place", "泽州县")
    ran = fenban("classify", table, *job, "--title", "案由", env=POOR)
    assert ran.returncode == 3
    assert json.loads(ran.stdout.splitlines()[0])["title"] == "关于增建公办幼儿园的建议"
    routed = fenban("route", "关于修路的建议", *job, "--json", env=POOR)
    assert json.loads(routed.stdout)["title"] == "关于修路的建议"


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder that is always read-only")
def test_a_read_only_current_folder(table, small_model):
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    there = {"cwd": "/sys/kernel", "env": env}
    assert fenban("classify", table, "--model", small_model, **there).returncode == 3
    ran = fenban("classify", table, "--model", small_model, "--out", "果.csv", **there)
    assert ran.returncode == 1
    assert ran.stderr.decode().startswith("错误：写不了“果.csv”")
    assert ran.stderr.count(b"\n") == 1


def test_no_standard_input(small_model):
    code = "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    ran = subprocess.run(
        [sys.executable, "-c", code, *FENBAN[1:], "classify", "-", "--model", small_model],
        cwd=ROOT, capture_output=True,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "没有内容" in ran.stderr.decode()
