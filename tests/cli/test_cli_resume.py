"""Runs that are killed go on and end with the bytes of a run that was not."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from resume_samples import ROOT, SIZE, SLOWLY, Command, moments, write_proposals, write_replies

from nlp.batch.stream import chunks
from nlp.batch.stream.journal import Journal

FEW_ROWS = 200


@pytest.fixture
def source(tmp_path) -> Path:
    return write_proposals(tmp_path / "提案.csv", FEW_ROWS)


@pytest.fixture
def slowly(tmp_path) -> Path:
    """Return a program that works in small chunks with pauses."""
    path = tmp_path / "program" / "slowly.py"
    path.parent.mkdir()
    path.write_text(SLOWLY)
    return path


def test_a_killed_run_of_the_script_ends_with_the_same_bytes(fenban, tmp_path):
    source = write_proposals(tmp_path / "提案.csv", 3000)
    whole, out = tmp_path / "一次.jsonl", tmp_path / "几次.jsonl"
    ran = fenban("classify", source, "--out", whole, "--workers", 1)
    assert (ran.code, reused(ran)) == (3, 0)
    for bytes_ in (1, *moments(1, 3, 100_000)):  # the first as soon as there is a journal
        job = Command(ROOT / "classify.py", source, out, ("--workers", 1))
        job.broken_off(bytes_)
        assert job.journal.exists()
        assert not out.exists()
    job = Command(ROOT / "classify.py", source, out, ("--workers", 2))
    assert "上次已做完" in job.finish()
    assert out.read_bytes() == whole.read_bytes()
    lines = out.read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(n) for n in range(3000)]
    assert {path.name for path in tmp_path.iterdir()} == {"提案.csv", "一次.jsonl", "几次.jsonl"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_killed_runs_with_the_rows_own_cells(
    here, source, slowly, small_model, tmp_path, monkeypatch, ending
):
    options = ("--model", small_model, "--workers", 1)
    job = Command(slowly, source, tmp_path / f"几次.{ending}", options)
    for kept in moments(2, 2, 3):
        job.broken_off(kept)
    assert "上次已做完" in job.finish()
    monkeypatch.setattr(chunks, "SIZE", SIZE)
    here(source, "--out", tmp_path / f"一次.{ending}")
    assert job.out.read_bytes() == (tmp_path / f"一次.{ending}").read_bytes()


def test_ctrl_c_keeps_what_is_done_and_ends_all_processes(
    here, source, slowly, small_model, tmp_path, monkeypatch
):
    options = ("--model", small_model, "--workers", 2)
    job = Command(slowly, source, tmp_path / "果.jsonl", options)
    job.out.write_text("早先的结果")
    said = job.broken_off(2, signal.SIGINT)
    assert "做完的都存着；再运行同一条命令，会接着做。" in said
    assert said.splitlines()[-1] == "已中断，没有做完；原有的文件没有动。"
    assert "Traceback" not in said
    assert job.out.read_text() == "早先的结果"
    assert "上次已做完" in job.finish()
    monkeypatch.setattr(chunks, "SIZE", SIZE)
    here(source, "--out", tmp_path / "一次.jsonl")
    assert job.out.read_bytes() == (tmp_path / "一次.jsonl").read_bytes()


@pytest.fixture
def broken_off(monkeypatch):
    """Call something that runs a command, and break it off after so many chunks."""
    monkeypatch.setattr(chunks, "SIZE", SIZE)

    def call(run, *arguments, after: int = 4):
        add, kept = Journal.add, []

        def counted(self, done) -> None:
            if len(kept) == after:
                raise KeyboardInterrupt
            add(self, done)
            kept.append(done)

        with monkeypatch.context() as patch:
            patch.setattr(Journal, "add", counted)
            ran = run(*arguments)
        assert (ran.code, len(kept)) == (130, after), ran
        return ran

    return call


@pytest.fixture
def here(classify):
    """Classify in this process."""

    def run(*arguments, **more):
        return classify(*arguments, "--workers", 1, **more)

    return run


def reused(ran) -> int:
    """Return how many rows an earlier run had done."""
    (line,) = [line for line in ran.err.splitlines() if line.startswith("上次已做完")] or [""]
    return int(line.split()[1]) if line else 0


def test_what_is_done_is_not_done_again(here, broken_off, source, tmp_path, monkeypatch):
    from nlp.classify.router import Router

    out = tmp_path / "果.jsonl"
    here(source, "--out", tmp_path / "一次.jsonl")
    assert "做完的都存着" in broken_off(here, source, "--out", out).err
    asked, real = [], Router.classify

    def noted(self, items, options):
        asked.extend(items)
        return real(self, items, options)

    monkeypatch.setattr(Router, "classify", noted)
    ran = here(source, "--out", out)
    assert reused(ran) + len(asked) == FEW_ROWS
    assert 4 <= reused(ran) <= 4 * 2 * SIZE
    assert out.read_bytes() == (tmp_path / "一次.jsonl").read_bytes()
    assert ran.err.splitlines()[-2].startswith(f"共 {FEW_ROWS} 件")


@pytest.mark.parametrize(
    "changed",
    [
        ("--precision", 0.6),  # the small model is never sure enough
        ("--place", "泽州县"),
        ("--model", ROOT / "models" / "default"),
        ("--title", "备注"),
        ("--mask",),  # there are no numbers to hide
    ],
    ids=lambda changed: changed[0],
)
def test_a_changed_option_reuses_nothing(
    fenban, small_model, broken_off, source, tmp_path, changed
):
    def run(out: Path, *more):
        options = ("--workers", 1, "--model", small_model, *more)
        return fenban("classify", source, "--out", out, *options)

    broken_off(run, tmp_path / "果.jsonl")
    ran = run(tmp_path / "果.jsonl", *changed)
    assert ran.code in (0, 3)
    assert reused(ran) == 0
    run(tmp_path / "另.jsonl", *changed)
    found = (tmp_path / "果.jsonl").read_bytes()
    assert found == (tmp_path / "另.jsonl").read_bytes()
    if changed[0] not in ("--precision", "--mask"):
        run(tmp_path / "原.jsonl")
        assert found != (tmp_path / "原.jsonl").read_bytes()


def test_own_duties_and_precedents_are_options_too(here, broken_off, source, tmp_path):
    past, out = tmp_path / "先例.csv", tmp_path / "果.jsonl"
    options = ("--place", "泽州县", "--precedents", past, "--out", out)
    past.write_text("标题,主办单位\n关于修建幼儿园的建议,教育局\n", "utf-8")
    broken_off(here, source, *options)
    past.write_text("标题,主办单位\n关于修建幼儿园的建议,财政局\n", "utf-8")
    assert reused(here(source, *options)) == 0
    broken_off(here, source, *options)
    assert reused(here(source, *options)) > 0


def test_rows_that_change_in_between_cost_their_own_chunks(here, broken_off, tmp_path, source):
    out = tmp_path / "果.csv"
    broken_off(here, source, "--out", out, after=9)
    write_proposals(source, FEW_ROWS, changed=[3, 30])
    ran = here(source, "--out", out)
    assert reused(ran) > 0
    here(source, "--out", tmp_path / "一次.csv")
    assert out.read_bytes() == (tmp_path / "一次.csv").read_bytes()
    assert out.read_text("utf-8-sig").count("和道路") >= 2


def test_an_output_in_the_input_folder_has_the_same_bytes(here, broken_off, tmp_path, source):
    folder = tmp_path / "收文"
    folder.mkdir()
    source.rename(folder / "提案.csv")
    shutil.copytree(folder, tmp_path / "另外" / "收文")
    for place in (folder, tmp_path / "另外" / "收文"):
        if place is folder:
            broken_off(here, place, "--out", place / "果.xlsx")
            (place / ".果.xlsx.ab12.tmp").touch()  # as a run leaves it that is killed in writing
        here(place, "--out", place / "果.xlsx")
        assert {path.name for path in place.iterdir()} == {"提案.csv", "果.xlsx"}
    one, other = (load_workbook(place / "果.xlsx") for place in (folder, tmp_path / "另外/收文"))
    told = [list(book["说明"].iter_rows(3, values_only=True)) for book in (one, other)]
    assert told[0] == told[1]


def test_a_folder_gets_a_file_for_every_input(here, broken_off, tmp_path):
    folder, out = tmp_path / "收文", tmp_path / "果"
    (folder / "第二批").mkdir(parents=True)
    inputs = {
        "a.csv": write_proposals(folder / "a.csv", 130),
        "第二批/b.csv": write_proposals(folder / "第二批" / "b.csv", 70),
        "信.txt": folder / "信.txt",
        "坏.xlsx": folder / "坏.xlsx",
    }
    inputs["信.txt"].write_text("关于修路的建议\n路坏了。", "utf-8")
    inputs["坏.xlsx"].write_bytes(b"PK\x03\x04" + bytes(50))
    broken_off(here, folder, "--out", out)
    assert (out / ".fenban.journal").exists()
    ran = here(folder, "--out", out)
    assert ran.code == 3
    assert reused(ran) > 0
    assert "共 202 件" in ran.err
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert found == {"a.csv", "第二批/b.csv", "信.txt.xlsx", "坏.xlsx"}
    here(inputs["a.csv"], "--out", tmp_path / "a.csv")
    assert (out / "a.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()
    assert len((out / "第二批" / "b.csv").read_text("utf-8-sig").splitlines()) == 71
    (wrong,) = load_workbook(out / "坏.xlsx")["出错"].iter_rows(2, values_only=True)
    assert wrong[3] == "坏.xlsx"
    assert wrong[2]


def test_a_second_run_on_the_same_output_is_refused(here, source, tmp_path):
    out = tmp_path / "果.csv"
    out.write_text("早先的结果")
    first = Journal(tmp_path / ".果.csv.journal")
    ran = here(source, "--out", out)
    assert ran.code == 1
    assert "错误：另一个分办程序正在做同一个输出" in ran.err
    assert out.read_text() == "早先的结果"
    first.close()
    assert here(source, "--out", out).code == 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PermissionError(13, "open in Excel"), "文件正被 Excel 打开？"),
        (OSError(28, "full"), "磁盘已满"),
        (OSError(5, "the share is gone"), "读写磁盘时出错"),
    ],
)
def test_an_output_that_can_not_be_put_in_place_costs_no_work(
    here, source, tmp_path, monkeypatch, fault, words
):
    from nlp.classify.router import Router
    from nlp.io import atomic

    out = tmp_path / "果.xlsx"
    out.write_text("早先的结果")

    def refused(*_):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "replace", refused)
        ran = here(source, "--out", out)
    assert ran.code == 1
    assert words in ran.err
    assert "原来的文件没有动" in ran.err
    assert out.read_text() == "早先的结果"
    assert not list(tmp_path.glob(".*.tmp"))
    monkeypatch.setattr(Router, "classify", refused)  # nothing is left to classify
    assert here(source, "--out", out).code == 3
    assert len(list(load_workbook(out)["结果"].iter_rows())) == FEW_ROWS + 1


@pytest.mark.parametrize("damage", ["坏", "另一版本"])
def test_a_journal_that_can_not_be_used_is_told(here, broken_off, source, tmp_path, damage):
    import sqlite3

    out, journal = tmp_path / "果.jsonl", tmp_path / ".果.jsonl.journal"
    broken_off(here, source, "--out", out)
    if damage == "坏":
        journal.write_bytes(journal.read_bytes()[:5000])
    else:
        base = sqlite3.connect(journal)
        base.execute("PRAGMA user_version=999")
        base.close()
    ran = here(source, "--out", out)
    assert (ran.code, reused(ran)) == (3, 0)
    (told,) = [line for line in ran.err.splitlines() if "从头做" in line]
    assert damage in told
    here(source, "--out", tmp_path / "一次.jsonl")
    assert out.read_bytes() == (tmp_path / "一次.jsonl").read_bytes()


def test_a_clock_that_is_set_back_disturbs_nothing(here, broken_off, source, tmp_path, monkeypatch):
    import time
    from itertools import count

    out = tmp_path / "果.xlsx"
    here(source, "--out", tmp_path / "一次.xlsx")
    back = count(2_000_000_000, -86_400)
    monkeypatch.setattr(time, "time", lambda: next(back))
    broken_off(here, source, "--out", out)
    assert reused(here(source, "--out", out)) > 0
    assert out.read_bytes() == (tmp_path / "一次.xlsx").read_bytes()


@pytest.fixture
def digests(fenban):
    """Run `fenban summarize` with the shipped model."""

    def run(*arguments, workers: int = 1):
        return fenban("summarize", *arguments, "--workers", workers)

    return run


def test_digests_go_on_too(digests, broken_off, tmp_path, monkeypatch):
    source = write_replies(tmp_path / "答复.csv", 5)
    out, other = tmp_path / "果.xlsx", tmp_path / "另.xlsx"
    digests(source, "--out", tmp_path / "一次.xlsx")
    assert "做完的都存着" in broken_off(digests, source, "--out", out, after=1).err
    shutil.copy(tmp_path / ".果.xlsx.journal", tmp_path / ".另.xlsx.journal")
    assert 0 < reused(digests(source, "--out", out)) < 70
    assert out.read_bytes() == (tmp_path / "一次.xlsx").read_bytes()
    assert reused(digests(source, "--out", other, "--max-chars", 60)) == 0


def test_template_flags_depend_on_neither_chunks_nor_processes(digests, tmp_path, monkeypatch):
    source = write_replies(tmp_path / "答复.csv", 3)
    ran = digests(source, "--out", tmp_path / "一块.jsonl")
    assert ran.code in (0, 3)
    monkeypatch.setattr(chunks, "SIZE", 5)
    digests(source, "--out", tmp_path / "几块.jsonl", workers=2)
    written = (tmp_path / "一块.jsonl").read_text("utf-8")
    assert (tmp_path / "几块.jsonl").read_text("utf-8") == written
    records = [json.loads(line) for line in written.splitlines()]
    flagged = [any(flag["code"] == "template" for flag in each["flags"]) for each in records]
    assert all(flagged[at] for at, each in enumerate(records) if not each["error"])
    shown = [record["flags"] for record in digests(source).records]
    assert shown == [record["flags"] for record in records]
