"""Long runs: what is read from /proc, drawn, compared, fitted, and said on the page."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.batch.__main__ import main
from benchmarks.batch.command import Job, Spent, folder_size
from benchmarks.batch.compared import Compared, compare, ids_of
from benchmarks.batch.curve import beyond, fit
from benchmarks.batch.inmemory import shares
from benchmarks.batch.made import made_file
from benchmarks.batch.moments import Course, moments, pauses
from benchmarks.batch.processes import Held, Status, held, members, parse_rollup, parse_stat
from benchmarks.batch.run import Bench, Measured, Sizes, Whole
from benchmarks.batch.table import block, lines, markdown
from benchmarks.batch.whole import of_runs
from benchmarks.shared.cache import Cache, Kept
from benchmarks.shared.figure import Figure, Result

ROLLUP = """\
55d0c2e7a000-7ffc8a5f2000 ---p 00000000 00:00 0                          [rollup]
Rss:              {rss} kB
Pss:              {pss} kB
Pss_Dirty:            20 kB
Swap:                  0 kB
"""
linux = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")


def test_memory_of_a_process_is_read_in_bytes():
    assert parse_rollup(ROLLUP.format(rss=300, pss=120)) == Held(120 * 1024, 300 * 1024)
    with pytest.raises(KeyError):
        parse_rollup("Rss: 3 kB\n")


@pytest.mark.parametrize("name", ["python", "tmux: server", "a) S 1 (b", ""])
def test_the_group_is_found_behind_any_name(name):
    assert parse_stat(f"41 ({name}) S 1 77 77 0 -1 4194560") == Status("S", 77)


def fake_process(proc: Path, number: int, group: int, state: str = "S", pss: int = 10) -> None:
    folder = proc / str(number)
    folder.mkdir(parents=True)
    (folder / "stat").write_text(f"{number} (python) {state} 1 {group} {group} 0", "utf-8")
    (folder / "smaps_rollup").write_text(ROLLUP.format(rss=2 * pss, pss=pss), "utf-8")


def test_memory_is_summed_over_the_living_of_one_group(tmp_path):
    fake_process(tmp_path, 5, group=5, pss=100)
    fake_process(tmp_path, 12, group=5, pss=30)
    fake_process(tmp_path, 6, group=6, pss=1000)
    fake_process(tmp_path, 7, group=5, state="Z", pss=1000)
    (tmp_path / "12345").mkdir()  # gone since it was listed
    (tmp_path / "meminfo").write_text("", "utf-8")
    assert members(5, tmp_path) == [5, 12]
    assert held(5, tmp_path) == Held(130 * 1024, 260 * 1024)
    (tmp_path / "12" / "smaps_rollup").write_text("", "utf-8")  # its maps are gone already
    assert held(5, tmp_path) == Held(100 * 1024, 200 * 1024)


@linux
def test_a_real_group_has_its_processes_and_no_others():
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:
        assert members(child.pid) == [child.pid]
        own, other = held(os.getpgrp()), held(child.pid)
        assert 0 < other.pss <= other.rss < own.rss
        child.communicate(b"\n")
    assert members(child.pid) == []


def test_peaks_are_kept_each_by_itself():
    assert Held(1, 9).most(Held(5, 3)) == Held(5, 9)


def test_rows_are_made_alike_and_once(tmp_path):
    from pyarrow.parquet import read_table

    first, other = made_file(tmp_path / "a", 30), made_file(tmp_path / "b", 30)
    assert first.read_bytes() == other.read_bytes()
    rows = read_table(first).to_pylist()
    assert [row["id"] for row in rows] == [str(number) for number in range(30)]
    assert all(row["title"] and len(row["body"]) == 300 for row in rows)
    before = first.stat().st_mtime_ns
    assert made_file(tmp_path / "a", 30).stat().st_mtime_ns == before


@pytest.mark.parametrize(("count", "parts"), [(10, 2), (7, 2), (1, 2), (5, 3)])
def test_shares_cover_all_rows_once(count, parts):
    rows = list(range(count))
    assert [row for share in shares(count, parts) for row in rows[share]] == rows
    assert len(list(shares(count, parts))) == parts


def test_moments_are_drawn_over_the_whole_run():
    drawn = moments(20, 3)
    assert drawn == moments(20, 3) != moments(20, 4)
    early = sorted(one.share for one in drawn if not one.writing)
    late = sorted(one.share for one in drawn if one.writing)
    assert [int(share * 16) for share in early] == list(range(16))
    assert [int(share * 4) for share in late] == list(range(4))
    assert drawn != sorted(drawn, key=lambda one: one.share)


def test_a_chain_gets_through_the_work_with_its_last_run():
    course = Course(begun=2.0, writing=12.0)
    drawn = pauses(200, 1, course)
    assert all(2.0 <= pause <= 2.1 for pause in drawn)
    assert sum(pause - course.begun for pause in drawn) == pytest.approx(10.0, rel=0.1)


def write_ids(file: Path, ids: list[str]) -> Path:
    file.write_text("".join(json.dumps({"id": one, "n": 1}) + "\n" for one in ids), "utf-8")
    return file


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["1", "2", "3"], Compared(0, 0, ordered=True, identical=True)),
        (["1", "3"], Compared(1, 0, ordered=False, identical=False)),
        (["1", "2", "2", "3"], Compared(0, 1, ordered=False, identical=False)),
        (["1", "2", "2"], Compared(1, 1, ordered=False, identical=False)),
        (["2", "1", "3"], Compared(0, 0, ordered=False, identical=False)),
        ([], Compared(3, 0, ordered=False, identical=False)),
    ],
)
def test_lost_and_doubled_rows_are_told_apart(tmp_path, ids, found):
    wanted = write_ids(tmp_path / "wanted.jsonl", ["1", "2", "3"])
    assert compare(write_ids(tmp_path / "out.jsonl", ids), wanted, ["1", "2", "3"]) == found


def test_other_bytes_under_the_same_ids_are_seen(tmp_path):
    wanted = write_ids(tmp_path / "wanted.jsonl", ["1"])
    output = tmp_path / "out.jsonl"
    output.write_text('{"id": "1", "n": 2}\n', "utf-8")
    assert compare(output, wanted, ["1"]) == Compared(0, 0, ordered=True, identical=False)


def test_ids_of_parquet_are_read(tmp_path):
    assert ids_of(made_file(tmp_path, 3)) == ["0", "1", "2"]


def test_a_job_knows_the_phases_of_its_run(tmp_path):
    job = Job(tmp_path / "in.parquet", tmp_path / "out.jsonl", 2)
    assert not job.begun() and not job.writing()
    job.journal.write_text("12345", "utf-8")
    assert job.begun() and not job.writing()
    (tmp_path / ".out.jsonl.abc.tmp").write_text("123", "utf-8")
    assert job.writing()
    assert folder_size(tmp_path) == 8 and job.written() == 3
    job.out.write_text("", "utf-8")
    assert job.written() == math.inf


def test_the_fit_finds_what_made_the_seconds():
    cost = fit({rows: 3.0 + rows * 250e-6 for rows in (10_000, 100_000, 1_000_000)})
    assert (cost.fixed, cost.per_row) == pytest.approx((3.0, 250e-6))
    assert cost.off == pytest.approx(0.0, abs=1e-9)
    assert cost.seconds(10_000_000) == pytest.approx(2503.0)


def test_the_fit_leaves_out_small_inputs_where_it_can():
    large = {10_000: 5.0, 100_000: 32.0}
    assert fit(large | {1000: 99.0}) == fit(large)
    assert fit({1000: 2.0, 10_000: 5.0}).per_row == pytest.approx(3 / 9000)
    assert fit(large | {1_000_000: 400.0}).off > 0.05


@pytest.mark.parametrize("measured", [{}, {1000: 2.0}, {10_000: 9.0, 100_000: 8.0}])
def test_too_little_is_not_fitted(measured):
    assert fit(measured) is None


def test_only_larger_sizes_are_extrapolated():
    assert beyond(1_000_000) == [10_000_000]
    assert beyond(50_000) == [100_000, 1_000_000, 10_000_000]
    assert beyond(10_000_000) == []


def test_runs_are_summed_up():
    spent = [
        Spent(3.0, 4.0, Held(5, 9), 4, 2),
        Spent(1.0, 2.0, Held(6, 8), 3, 7),
        Spent(9.0, 9.0, Held(), 0, 0),
    ]
    figures = of_runs(spent).figures
    assert {name: one.value for name, one in figures.items()} == {
        "seconds": 3.0,
        "spread": 8.0,
        "cpu": 4.0,
        "pss": 6.0,
        "rss": 9.0,
        "largest": 4.0,
        "disk": 7.0,
    }


SIZES = Sizes((100_000, 1_000_000), (1, 2), 20, 50_000, 100_000, 3, 0)


def kept(**figures: float) -> Kept:
    found = {name: Figure(value, 1) for name, value in figures.items()}
    return Kept(Result(found), "2026-01-01", "a machine")


def killed(**faults: float) -> Kept:
    phases = {"starting": 0, "working": 1, "writing": 0, "written": 0}
    return kept(kills=1, seconds=9, doubled=0, left=0, **phases, **faults)


def measured(**changes) -> Measured:
    wholes = {
        Whole(rows, ending, cores): kept(
            seconds=2.0 + rows / 2000 / cores,
            cpu=2.0 + rows / 2000,
            pss=5e8 + rows * 20,
            rss=7e8,
            largest=3e8,
            disk=rows * 900,
        )
        for rows in SIZES.rows
        for ending in ("parquet", "jsonl")
        for cores in SIZES.cores
    }
    kill = killed(lost=0, changed=0)
    settings = {
        "wholes": wholes,
        "memory": kept(seconds=200.0, cpu=400.0),
        "resumed": kept(whole=50.0, seconds=51.0, least=0.01, most=0.04),
        "singles": [kill] * 20,
        "chain": kill,
    }
    return Measured(**(settings | changes))


def test_the_table_marks_what_is_not_measured():
    rows = list(lines(measured(), SIZES))
    table = markdown(rows).splitlines()
    assert (
        "| to parquet | 1,000,000 | 2 | 252.0 | 502.0 | 3,968 | 1,984 | 520 | 700 | 300 | 900 |"
        in table
    )
    beyond_it = "| to parquet, extrapolated | 10,000,000 | 2 | ~2,502 | — | ~3,997 | ~1,998 |"
    assert f"{beyond_it} — | — | — | — |" in table
    assert [row.rows for row in rows if not row.measured] == [10_000_000, 10_000_000]
    assert len({line.count("|") for line in table}) == 1


def said(text: str, about: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"- {about}"))


def test_figures_are_held_against_what_is_wanted():
    text = block(measured(), SIZES, "the command")
    assert "79.4% of the 5,000 in memory (by CPU seconds 79.7%; wanted: 60%): met" in said(
        text, "Throughput"
    )
    memory = said(text, "Peak memory")
    assert "0.52 GB (wanted: below 1.5): met; +3.6% against 100,000 rows" in memory
    assert "+2.0%" in said(text, "Resuming") and said(text, "Resuming").endswith(": met.")
    assert "20 kills (working 20), rows lost 0, doubled 0" in said(text, "`kill -9`")
    assert "2.0 s and 250 s a million rows" in said(text, "Cost to parquet")
    assert "`the command`, 2026-01-01, a machine" in text


def test_what_is_missed_is_said():
    text = block(
        measured(
            memory=kept(seconds=100.0, cpu=200.0),
            resumed=kept(whole=50.0, seconds=52.0, least=0.0, most=0.1),
            singles=[killed(lost=1, changed=1)],
        ),
        SIZES,
        "",
    )
    assert said(text, "Throughput").endswith("; wanted: 60%): missed.")
    assert said(text, "Resuming").endswith(
        "(pair by pair +0.0% to +10.0%; wanted: below 3%): missed."
    )
    assert "rows lost 1, doubled 0, outputs that differ 1 (wanted: none): missed" in text


def test_a_result_is_measured_once_and_again_when_settings_change(tmp_path):
    told: list[str] = []
    bench = Bench(tmp_path, Cache(tmp_path / "results"), told.append)
    bench.__dict__["code"] = "the code"  # its hash takes a moment
    calls: list[int] = []

    def measure() -> Result:
        calls.append(1)
        return Result({"seconds": Figure(float(len(calls)))})

    assert bench.kept("a", [1], measure).result == bench.kept("a", [1], measure).result
    assert bench.kept("a", [2], measure).result.figures["seconds"].value == 2.0
    assert told == ["a …", "a …"]


@linux
def test_a_page_without_the_block_is_refused_at_once(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("no block", "utf-8")
    with pytest.raises(SystemExit):
        main(["--out", str(page)])
    assert "batch:begin" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--cores", "1,100000"])
    assert "--cores" in capsys.readouterr().err
