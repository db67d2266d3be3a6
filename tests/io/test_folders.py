"""Folders with links, loops, pipes and names that mean to be something else."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from nlp.errors import InputError
from nlp.io.folders import MAX_DEPTH, list_files
from nlp.io.read import read_proposals
from nlp.io.system import visible
from nlp.types import RowError

TABLE = "案由,内容\n关于路灯的建议,路灯坏了。\n"


def table(path: Path) -> None:
    path.write_text(TABLE, "utf-8")


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    table(folder / "a.csv")
    table(outside / "secret.csv")
    (folder / "file.csv").symlink_to(outside / "secret.csv")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "self.csv").symlink_to("self.csv")
    notes: list[str] = []
    assert list_files(folder, notes) == ["a.csv"]
    assert notes == ["跳过了 4 个隐藏文件、锁文件或链接（file.csv、folder、loop、self.csv）。"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_sockets_are_rows_that_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "a.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    monkeypatch.chdir(tmp_path)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.csv")
        items = list(read_proposals(tmp_path).items)
    said = [item.message for item in items if isinstance(item, RowError)]
    assert len(items) == 3
    assert ["不是普通文件" in message for message in said] == [True, True]


def test_folders_too_deep_are_named(tmp_path: Path) -> None:
    table(tmp_path / "a.csv")
    deep = tmp_path.joinpath(*["d"] * (MAX_DEPTH + 2))
    deep.mkdir(parents=True)
    table(deep / "b.csv")
    notes: list[str] = []
    assert list_files(tmp_path, notes) == ["a.csv"]
    assert notes == ["有 1 个文件夹打不开或套得太深，没有读（d）。"]


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    names = ["-rf.csv", "a\nb.csv", "\u202evsc.csv", "\x1b[2Jx.csv", "长" * 83 + ".csv"]
    for name in names:
        table(tmp_path / name)
    (tmp_path / os.fsdecode(b"\xff\xfe.csv")).write_text(TABLE, "utf-8")
    source = read_proposals(tmp_path)
    items = list(source.items)
    assert len(items) == 6
    assert not any(isinstance(item, RowError) for item in items)
    shown = [item.source.file for item in items]
    assert {name for name in shown if visible(name) != name} == set()
    assert {"-rf.csv", "a\ufffdb.csv", "\ufffdvsc.csv"} <= set(shown)
    "".join(shown).encode("utf-8")


def test_a_name_inside_an_error_is_visible_too(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_proposals(tmp_path / "无\x1b[31m\n.csv")
    assert visible(caught.value.message) == caught.value.message
