"""What SQLite could not do, in Chinese, and what to do about it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from nlp.errors import InputError

_REASONS = {
    "BUSY": "被别的程序占用",
    "LOCKED": "被别的程序占用",
    "FULL": "磁盘已满",
    "IOERR": "磁盘或网络盘出错",
    "READONLY": "没有写的权限",
    "CANTOPEN": "没有写的权限，或文件夹已不在",
    "PERM": "没有权限",
    "NOMEM": "内存不够",
}
"""What can go wrong around a file; everything else is wrong in it."""


class ForeignError(sqlite3.DatabaseError):
    """A journal that another version of this program wrote."""


class DamagedError(sqlite3.DatabaseError):
    """A journal that is not as it was written."""


def around(fault: Exception) -> str:
    """Return what is wrong around the file; "" where the fault is in it."""
    return _REASONS.get(name_of(fault), "")


def name_of(fault: Exception) -> str:
    """Return SQLite's primary name of a fault, FULL or IOERR for example."""
    return getattr(fault, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]


def as_error(path: Path, fault: Exception) -> InputError:
    """Return the error that tells a user of a fault."""
    if name_of(fault) in ("BUSY", "LOCKED"):
        return InputError(
            f"另一个分办程序正在做同一个输出（{path.name} 被占用）。",
            "请等它做完，或用 --out 换一个文件名。",
        )
    return unusable(path, around(fault) or f"文件已损坏（{fault}）")


def unusable(path: Path, why: str) -> InputError:
    return InputError(
        f"进度文件“{path}”读写不了：{why}。",
        "请检查磁盘空间和网络盘，再运行同一条命令，会接着做完的部分。",
    )
