"""Containers are measured before any parser sees them."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest

from nlp.errors import InputError
from nlp.io import guard
from nlp.io.guard import check_file, check_zip


def _zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_sound_zip_passes(tmp_path: Path) -> None:
    check_zip(_zip(tmp_path / "a.xlsx", a=b"x" * 1000), "a.xlsx")


def test_bomb_by_ratio(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.xlsx", bomb=b"\0" * (11 * 2**20))
    with pytest.raises(InputError, match="压缩比超过 200:1"):
        check_zip(path, "a.xlsx")


def test_high_ratio_of_a_small_member_is_fine(tmp_path: Path) -> None:
    check_zip(_zip(tmp_path / "a.xlsx", small=b"\0" * (5 * 2**20)), "a.xlsx")


def test_bomb_by_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 2000)
    path = _zip(tmp_path / "a.xlsx", a=os.urandom(1500), b=os.urandom(1500))
    with pytest.raises(InputError, match="解压后"):
        check_zip(path, "a.xlsx")


def test_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_STEP", 1000)
    monkeypatch.setattr(guard, "_MEASURED_FROM", 5_000_000)
    path = _zip(tmp_path / "a.xlsx", a=b"\0" * 3_000_000 + os.urandom(4000))
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 5000)
    path.write_bytes(data)
    with pytest.raises(InputError, match="比标明的大"):
        check_zip(path, "a.xlsx")


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_MEMBERS", 2)
    path = _zip(tmp_path / "a.xlsx", a=b"", b=b"", c=b"")
    with pytest.raises(InputError, match="3 个部件"):
        check_zip(path, "a.xlsx")


@pytest.mark.parametrize("inner", ["../evil", "/etc/passwd", "a/../../b", "..\\evil", "C:/x"])
def test_path_traversal(tmp_path: Path, inner: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inner, "x")
    with pytest.raises(InputError, match="文件夹之外"):
        check_zip(path, "a.docx")


def test_truncated_zip(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.xlsx", a=os.urandom(3000))
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InputError, match="没有传完整"):
        check_zip(path, "a.xlsx")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"找不到文件“无.xlsx”"):
        check_file(tmp_path / "无.xlsx", "无.xlsx")


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "空.csv").touch()
    with pytest.raises(InputError, match="空文件"):
        check_file(tmp_path / "空.csv", "空.csv")


def test_over_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE", 2)
    (tmp_path / "a.csv").write_text("abc")
    with pytest.raises(InputError, match="上限"):
        check_file(tmp_path / "a.csv", "a.csv")


def test_symlink_loop_is_a_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "a.csv"
    loop.symlink_to(loop)
    with pytest.raises(InputError, match="打不开"):
        check_file(loop, "a.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="不是普通文件"):
        check_file(tmp_path / "pipe", "pipe")
