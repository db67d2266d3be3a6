"""Replace a file at once or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nlp.errors import InputError, UsageError
from nlp.io.system import reason


def write_atomic(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a temporary neighbour of `path`, then put it in place at once.

    On any failure the old file stays and no temporary file is left.

    :raises InputError: the folder is missing or read-only, the file is open in Excel, or
        the disk is full.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
        )
        os.close(handle)
        fill(Path(temporary))
        _settle(Path(temporary), path)
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make the folder that `path` shall be written to.

    :raises InputError: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InputError(
            f"建不了文件夹“{path.parent}”：{reason(fault)}。", "请换一个输出位置。"
        ) from fault


def check_writable(path: Path, source: str | Path = "-", *, option: str) -> None:
    """Find out before long work whether `path` can be written; make its folder.

    :param source: the input, which must not be overwritten by what is made of it.
    :param option: what the user calls `path` by.
    :raises UsageError: it is a folder or the input itself.
    :raises InputError: there is no right to write there.
    """
    if os.path.isdir(path):  # noqa: PTH112 - Path's raises for over-long names
        raise UsageError(f"{option} 的“{path}”是文件夹。", "请给出文件名。")
    with suppress(OSError):
        if path.samefile(source):
            raise UsageError(
                f"{option} 的“{path}”就是输入文件，写进去会盖掉它。", "请换一个文件名。"
            )
    make_folder(path)
    try:
        if path.exists():  # raises for over-long names
            path.open("r+b").close()
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as fault:
        raise _unwritable(path, fault) from fault


def _settle(temporary: Path, path: Path) -> None:
    """Flush to disk, give the usual rights (mkstemp's are private), and swap."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    os.replace(temporary, path)  # noqa: PTH105 - named so that it reads as one step


def _unwritable(path: Path, fault: OSError) -> InputError:
    if isinstance(fault, PermissionError):
        return InputError(
            f"写不了“{path}”：没有权限，或者文件正被 Excel 打开？",
            "请关闭打开它的程序，或用 --out 换一个文件名；原来的文件没有动。",
        )
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return InputError(f"输出文件夹“{path.parent}”不存在。", "请先建好文件夹，或改 --out。")
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError(
            f"磁盘已满，写不了“{path}”。", "请腾出空间，或把 --out 换到别的盘；原来的文件没有动。"
        )
    return InputError(f"写不了“{path}”：{reason(fault)}。", "原来的文件没有动。")
