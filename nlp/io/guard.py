"""Checks before a file is opened: size, and what a zip container would unpack to.

xlsx and docx are zip files, and their parsers allocate what the archive claims; a crafted
or damaged one must become a sentence, not an exhausted machine.
"""

from __future__ import annotations

import stat
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from nlp.errors import InputError
from nlp.io.system import reason

MAX_FILE = 512 * 2**20
MAX_UNPACKED = 2**30
MAX_RATIO = 200
RATIO_FROM = 10 * 2**20
MAX_MEMBERS = 10_000
MAX_FILLER = 5_000_000
MAX_REPEATED = 50_000_000
_STEP = 2**20
_SHOWN = 60
_MEASURED_FROM = 64 * 2**20
_WORST_DEFLATE = 1032
"""Deflate cannot expand more than this; what stays small at worst need not be measured."""


@dataclass(slots=True)
class Filler:
    """Counts what spans and merges add to the tables of one file beside its own text.

    A few letters in a file can claim a million blank cells, or a long text a thousand times.
    """

    name: str
    cells: int = 0
    characters: int = 0

    def take(self, cells: int, characters: int = 0) -> None:
        """Count added cells and repeated characters.

        :raises InputError: more than any real table has.
        """
        self.cells += cells
        self.characters += characters
        if self.cells > MAX_FILLER or self.characters > MAX_REPEATED:
            raise InputError(
                f"“{self.name}”的表格里，合并单元格撑出来的内容太多，没有读。",
                "文件可能是伪造的或已损坏；请打开后另存为 xlsx 再试。",
            )


def check_file(path: Path, name: str) -> None:
    """Refuse what is not a readable, non-empty regular file of a sane size.

    :raises InputError: with the reason.
    """
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            path.open("rb").close()
    except FileNotFoundError as fault:
        raise InputError(f"找不到文件“{name}”。", "请检查路径和文件名。") from fault
    except PermissionError as fault:
        raise InputError(
            f"没有权限读取“{name}”。", "请关闭正在使用它的程序，或换一个有权限的账户。"
        ) from fault
    except OSError as fault:
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        raise InputError(
            f"打不开“{shown}”：{reason(fault)}。",
            "请检查路径和文件名；要判断一段文字，请用 route 命令。",
        ) from fault
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"“{name}”不是普通文件。", "请给出文件、文件夹，或用 - 从标准输入读取。")
    if status.st_size == 0:
        raise InputError(f"“{name}”是空文件（0 字节）。", "请重新导出后再试。")
    if status.st_size > MAX_FILE:
        raise InputError(
            f"“{name}”有 {status.st_size / 2**20:.0f} MB，超过 {MAX_FILE // 2**20} MB 的上限。",
            "请拆成几个文件，放在一个文件夹里一起处理。",
        )


def check_zip(path: Path, name: str) -> None:
    """Refuse a zip container that is damaged, escapes its folder or unpacks to too much.

    :raises InputError: with the reason.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise InputError(
            f"“{name}”已损坏或没有传完整（压缩包目录读不出来）。",
            "请重新下载或导出；能用 Excel/WPS 打开的话，另存一份再试。",
        ) from fault
    if len(members) > MAX_MEMBERS:
        raise _suspicious(name, f"里面有 {len(members)} 个部件，超过 {MAX_MEMBERS} 个")
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise _suspicious(name, f"解压后有 {total / 2**20:.0f} MB，超过 {MAX_UNPACKED // 2**20} MB")
    for member in members:
        _check_member(member, name)
    _check_places(members, name)
    if sum(member.compress_size for member in members) * _WORST_DEFLATE > _MEASURED_FROM:
        _measure(path, members, name)


def _check_member(member: ZipInfo, name: str) -> None:
    inner = member.filename
    parts = inner.replace("\\", "/").split("/")
    if inner.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise _suspicious(name, f"部件名“{inner[:60]}”指向文件夹之外")
    if member.flag_bits & 1:
        raise InputError(f"“{name}”设有打开密码（压缩包加密）。", "请先去掉密码，另存后再试。")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # no office program writes others
        raise _suspicious(name, f"部件“{inner[:60]}”用了办公文件里没有的压缩方法")
    if member.file_size > max(RATIO_FROM, member.compress_size * MAX_RATIO):
        raise _suspicious(name, f"部件“{inner[:60]}”的压缩比超过 {MAX_RATIO}:1")


def _check_places(members: list[ZipInfo], name: str) -> None:
    """Refuse members that share bytes or a name: readers disagree which one counts."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise _suspicious(name, f"部件“{member.filename[:60]}”与别的部件重叠")
        end = member.header_offset + member.compress_size
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        raise _suspicious(name, "里面有同名的部件")


def _measure(path: Path, members: list[ZipInfo], name: str) -> None:
    """Unpack without keeping anything: sizes in the directory may lie."""
    with path.open("rb") as file:
        for member in members:
            if member.compress_type == ZIP_DEFLATED:
                file.seek(member.header_offset)
                head = file.read(30)
                skip = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
                file.seek(skip, 1)
                if _unpacked(file, member) > member.file_size:
                    raise _suspicious(name, f"部件“{member.filename[:60]}”比标明的大")


def _unpacked(file: BinaryIO, member: ZipInfo) -> int:
    """Count a member's unpacked bytes, stopping soon after the size that it claims."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    total, left, data = 0, member.compress_size, b""
    while (data or left) and not machine.eof and total <= member.file_size:
        if not data:
            data = file.read(min(left, _STEP))
            left = left - len(data) if data else 0
        try:
            total += len(machine.decompress(data, _STEP))
        except zlib.error:
            return total
        data = machine.unconsumed_tail
    return total


def _suspicious(name: str, what: str) -> InputError:
    return InputError(
        f"“{name}”{what}，可能是压缩炸弹或已损坏，没有打开。",
        "请确认文件来源；可信的话，用 Excel/WPS 打开后另存一份再试。",
    )
