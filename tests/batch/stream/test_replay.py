"""What a killed run had read is not read again, and nobody can tell from the results."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stream_samples import Shouting, from_loud

from nlp.batch.stream.journal import Journal
from nlp.batch.stream.replay import Unread
from nlp.batch.stream.run import Advance, Run
from nlp.batch.stream.stored import Stored
from nlp.engines.local import LocalEngine
from nlp.io.read import ReadOptions, read_proposals, read_replies
from nlp.types import RowError

SIZE = 5
HEADS = ("编号", "标题", "正文")


class Stopped(Exception):
    pass


def grid(seed: int, count: int) -> list[tuple[str, ...]]:
    """Rows of every kind: repeated ids, none, totals, blank and wide ones, control characters."""
    draw = random.Random(seed)
    found = []
    for n in range(count):
        number = draw.choice([str(n), str(n), "同号", ""])
        title = draw.choice([f"关于第{n}件事的建议"] * 6 + ["", "带\x07铃的建议"])
        kind = draw.random()
        if kind < 0.06:
            found.append(("合计", "", f"{n}件"))
        elif kind < 0.1:
            found.append(("", "", ""))
        elif kind < 0.15:
            found.append((number, title, "正文", "多出来的"))
        else:
            found.append((number, title, f"正文{n}"))
    return found


def as_csv(path: Path, rows: list[tuple[str, ...]]) -> Path:
    path.write_text("\n".join(",".join(row) for row in [HEADS, *rows]), "utf-8")
    return path


def as_parquet(path: Path, rows: list[tuple[str, ...]]) -> Path:
    columns = {head: [row[n] for row in rows] for n, head in enumerate(HEADS)}
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=7)
    return path


MADE = {"a.csv": as_csv, "a.parquet": as_parquet}


def run(journal: Path, source, *, stop: int | None = None, salt: bytes = b"salt"):
    """Return what a run says and keeps, and how many rows were read; stop before one of them."""
    read = []

    def items():
        for item in source.items:
            if len(read) == stop:
                raise Stopped
            read.append(item)
            yield item

    kept = Journal(journal)
    try:
        unread = Unread.of(source, salt)
        work = Run(kept, LocalEngine(1), Shouting(), salt, size=SIZE).work
        advance = work(items(), lambda _: None, unread)
        lines = [(one, one.source, dict(one.given)) for one in Stored(kept, from_loud)]
        return advance, lines, source.notes, len(read)
    finally:
        kept.close()


def killed(journal: Path, path: Path, at: int, *, salt: bytes = b"salt", **options) -> None:
    with pytest.raises(Stopped):
        run(journal, read_proposals(path, ReadOptions(**options)), stop=at, salt=salt)


@pytest.mark.parametrize("name", list(MADE))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10**6), st.integers(20, 90), st.lists(st.integers(1, 60), max_size=3))
def test_it_ends_as_if_nothing_had_happened(tmp_path_factory, name, seed, count, stops):
    folder = tmp_path_factory.mktemp("x")
    path = MADE[name](folder / name, grid(seed, count))
    _, lines, notes, _ = run(folder / "whole", read_proposals(path))
    for at in stops:
        try:
            run(folder / "j", read_proposals(path), stop=at)
        except Stopped:
            continue
    advance, again, told, _ = run(folder / "j", read_proposals(path))
    assert (again, told) == (lines, notes)
    assert advance.read == advance.done + advance.before == len(lines)


@pytest.mark.parametrize("name", list(MADE))
def test_rows_before_are_not_read_again(tmp_path, name):
    path = MADE[name](tmp_path / name, grid(1, 200))
    killed(tmp_path / "j", path, 150)
    advance, lines, _, read = run(tmp_path / "j", read_proposals(path))
    assert advance.before > 100
    assert advance.before <= len(lines) - read + 2 * SIZE


def test_an_input_that_changed_is_read_again(tmp_path):
    rows = [(str(n), f"关于第{n}件事的建议", "") for n in range(60)]
    path = as_csv(tmp_path / "a.csv", rows)
    killed(tmp_path / "j", path, 50)
    status = path.stat()
    rows[3] = ("3", "关于第X件事的建议", "")
    as_csv(path, rows)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # a clock can be set
    assert path.stat().st_size == status.st_size
    _, lines, _, read = run(tmp_path / "j", read_proposals(path))
    assert read == 60
    assert lines[3][0].title == "关于第X件事的建议"


def test_a_file_that_is_replaced_while_it_is_opened_is_read_again(tmp_path):
    path = as_csv(tmp_path / "a.csv", [(str(n), f"旧{n}", "") for n in range(60)])
    opened = read_proposals(path)
    as_csv(tmp_path / "b.csv", [(str(n), f"新{n}", "") for n in range(60)]).replace(path)
    with pytest.raises(Stopped):
        run(tmp_path / "j", opened, stop=50)
    _, lines, _, read = run(tmp_path / "j", read_proposals(path))
    assert read == 60
    assert {item.title[:1] for item, _, _ in lines} == {"新"}


def test_what_unpacks_too_far_does_so_at_the_same_row(tmp_path, monkeypatch):
    from nlp.io import parquet

    monkeypatch.setattr(parquet, "_most", lambda path: 5000 * 200)
    for name, kind in (("plain", pyarrow.string()), ("shared", None)):
        texts = pyarrow.array([f"关于修路的建议{'很' * 193}"] * 6000, kind)
        column = texts if kind else texts.dictionary_encode()
        path = tmp_path / f"{name}.parquet"
        titles = pyarrow.array([f"关于第{n}件事的建议" for n in range(6000)])
        pyarrow.parquet.write_table(pyarrow.table({"标题": titles, "正文": column}), path)
        _, whole, _, _ = run(tmp_path / f"{name}.whole", read_proposals(path))
        assert "解压后超过" in whole[-1][0].error
        assert 100 < len(whole) < 6000
        killed(tmp_path / f"{name}.j", path, len(whole) - 50)
        assert run(tmp_path / f"{name}.j", read_proposals(path))[1] == whole


def test_another_salt_or_another_column_reads_all_again(tmp_path):
    path = as_csv(tmp_path / "a.csv", [(str(n), f"甲{n}", f"乙{n}") for n in range(60)])
    killed(tmp_path / "j", path, 50)
    advance, _, _, read = run(tmp_path / "j", read_proposals(path), salt=b"other")
    assert (read, advance.before) == (60, 0)
    killed(tmp_path / "k", path, 50)
    swapped = ReadOptions(overrides={"title": "正文", "body": "标题"})
    _, lines, _, read = run(tmp_path / "k", read_proposals(path, swapped))
    assert read == 60
    assert lines[0][0].title == "乙0"


def test_a_file_under_another_name_is_read_again(tmp_path):
    path = as_csv(tmp_path / "a.csv", [(str(n), f"甲{n}", "") for n in range(60)])
    killed(tmp_path / "j", path, 50)
    path = path.rename(tmp_path / "b.csv")
    _, lines, _, read = run(tmp_path / "j", read_proposals(path))
    assert read == 60
    assert {place.file for _, place, _ in lines} == {"b.csv"}


def test_a_plan_with_a_damaged_line_is_followed_up_to_there(tmp_path):
    path = as_csv(tmp_path / "a.csv", [(str(n), f"甲{n}", "") for n in range(200)])
    killed(tmp_path / "j", path, 190)
    with sqlite3.connect(tmp_path / "j") as base:
        (state,) = base.execute("SELECT state FROM plan WHERE number = 3").fetchone()
        damaged = bytes([state[0] ^ 1]) + state[1:]
        base.execute("UPDATE plan SET state = ? WHERE number = 3", (damaged,))
        before = base.execute("SELECT count(*) FROM plan").fetchone()[0]
    base.close()
    advance, lines, _, read = run(tmp_path / "j", read_proposals(path))
    assert before > 10
    assert 200 - 8 * SIZE < read < 200
    assert [place.row for _, place, _ in lines] == list(range(2, 202))
    assert advance == Advance(200, 200 - advance.before, advance.before)


def test_a_fault_at_the_end_is_told_again(tmp_path):
    path = as_csv(tmp_path / "a.csv", [(str(n), f"甲{n}", "") for n in range(60)])
    with path.open("a", encoding="utf-8") as file:
        file.write('\n60,"开了口,\n')
    killed(tmp_path / "j", path, 60)
    _, lines, _, _ = run(tmp_path / "j", read_proposals(path))
    assert "引号没有成对" in (lines[-1][0].error or "")


@pytest.mark.parametrize("name", ["folder", "sheets", "form", "document", "pipe"])
def test_inputs_that_are_no_single_table_have_no_bookmark(tmp_path, make_input, name):
    source = make_input(name)
    assert source.bookmark is None or source.listing is None
    assert Unread.of(source, b"salt") is None


def test_replies_go_on_too(tmp_path):
    rows = "\n".join(f"{n},您提出的第{n}件建议已经办理完毕。" for n in range(40))
    path = tmp_path / "r.csv"
    path.write_text(f"编号,答复\n{rows}", "utf-8")
    assert Unread.of(read_replies(path), b"a") is not None
    assert Unread.of(read_replies(path), b"a").stamp != Unread.of(read_replies(path), b"b").stamp


@pytest.fixture
def make_input(tmp_path):
    """Return what opens an input of a kind."""
    from io import BytesIO

    import openpyxl

    def make(kind: str):
        if kind == "pipe":
            return read_proposals("-", stdin=BytesIO(b'{"title": "a"}\n{"title": "b"}'))
        if kind == "folder":
            as_csv(tmp_path / "a.csv", grid(1, 9))
            return read_proposals(tmp_path)
        if kind == "document":
            (tmp_path / "a.txt").write_text("关于修路的建议\n内容。", "utf-8")
            return read_proposals(tmp_path / "a.txt")
        book = openpyxl.Workbook()
        if kind == "form":
            for line in (("提案标题", "关于修路的建议"), ("提案人", "某人"), ("正文", "内容")):
                book.active.append(line)
        else:
            for sheet in (book.active, book.create_sheet()):
                for line in (("编号", "标题"), ("1", "关于修路的建议"), ("2", "关于建校的建议")):
                    sheet.append(line)
        book.save(tmp_path / "a.xlsx")
        return read_proposals(tmp_path / "a.xlsx")

    return make


def test_the_first_row_of_all_may_be_the_last(tmp_path):
    path = as_csv(tmp_path / "a.csv", [("1", "关于修路的建议", "")])
    killed(tmp_path / "j", path, 0)
    advance, lines, _, _ = run(tmp_path / "j", read_proposals(path))
    assert advance == Advance(1, 1, 0)
    assert not isinstance(lines[0][0], RowError)
