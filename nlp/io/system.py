"""The operating system's faults in Chinese, and its file names fit to be shown."""

from __future__ import annotations

import errno
import re
from pathlib import Path

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置是只读的",
    errno.EEXIST: "同名的文件挡在那里",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "那是文件夹，不是文件",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOSPC: "磁盘已满",
    errno.EMFILE: "同时打开的文件太多",
    errno.EIO: "读写磁盘时出错",
}


def reason(fault: OSError) -> str:
    """Say why the system refused; what is not known stays in the system's words."""
    return _REASONS.get(fault.errno or 0, fault.strerror or str(fault))


def file_size(path: Path) -> int:
    """Return a file's bytes; 0 for one that can't be asked, of which whoever reads it will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(name: str) -> str:
    """Return a file's name with a mark for every character that would act on a terminal.

    Line breaks, escape codes and changes of direction can make a name look like another, and
    bytes that are no text cannot be written at all.
    """
    return _UNSEEN.sub("\ufffd", name)
