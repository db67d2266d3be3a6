"""Which files of a folder to read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from nlp.errors import InputError
from nlp.io.kinds import SUPPORTED
from nlp.io.system import visible

_LITTER = frozenset({"thumbs.db", "desktop.ini"})


MAX_DEPTH = 40
"""Folders within folders; deeper ones are made by accident or to break programs."""


@dataclass(slots=True)
class _Found:
    """Paths by what becomes of them; `closed` are folders that could not be listed."""

    files: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def list_files(root: Path, notes: list[str], skip: Path | None = None) -> list[str]:
    """List a folder's files, relative and sorted by name.

    Hidden files, lock files (~$), links and `skip` are left out; `notes` gets a line on them,
    but not on what this program keeps beside `skip`: it is there in a second run only.

    :raises InputError: nothing is left.
    """
    found = _walk(root, skip)
    own = [name for name in found.files if skip and (root / name).resolve() == skip.resolve()]
    if own:
        found.files.remove(own[0])
        notes.append(f"没有读“{visible(own[0])}”：它是这次的输出文件。")
    if found.skipped:
        some = visible("、".join(sorted(found.skipped)[:5]))
        notes.append(f"跳过了 {len(found.skipped)} 个隐藏文件、锁文件或链接（{some}）。")
    if found.closed:
        some = visible("、".join(sorted(found.closed)[:5]))[:200]
        notes.append(f"有 {len(found.closed)} 个文件夹打不开或套得太深，没有读（{some}）。")
    if not found.files:
        raise InputError(f"文件夹“{visible(root.name)}”里没有可读的文件。", f"支持 {SUPPORTED}。")
    return sorted(found.files)


def _walk(root: Path, skip: Path | None) -> _Found:
    found = _Found()

    def closed(fault: OSError) -> None:
        found.closed.append(Path(str(fault.filename)).name)

    for folder, folders, names in os.walk(root, onerror=closed, followlinks=False):
        here = Path(folder)
        links = {name for name in folders if (here / name).is_symlink()}
        hidden = {name for name in folders if name.startswith(".")}
        found.skipped.extend(str((here / name).relative_to(root)) for name in links | hidden)
        folders[:] = sorted(set(folders) - links - hidden)
        if folders and len(here.relative_to(root).parts) >= MAX_DEPTH:
            found.closed.extend(folders)
            folders.clear()
        for name in names:
            if skip and name.startswith(f".{skip.name}."):
                continue
            shown = (here / name).relative_to(root).as_posix()
            litter = name.startswith((".", "~$")) or name.lower() in _LITTER
            left_out = litter or (here / name).is_symlink()
            (found.skipped if left_out else found.files).append(shown)
    return found
