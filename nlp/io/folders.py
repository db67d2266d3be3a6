"""Which files of a folder to read."""

from __future__ import annotations

import os
from pathlib import Path

from nlp.errors import InputError
from nlp.io.kinds import SUPPORTED

_LITTER = frozenset({"thumbs.db", "desktop.ini"})


def list_files(root: Path, notes: list[str], skip: Path | None = None) -> list[str]:
    """List a folder's files, relative and sorted by name.

    Hidden files, lock files (~$), links and `skip` are left out; `notes` gets a line on them.

    :raises InputError: nothing is left.
    """
    found: list[str] = []
    skipped: list[str] = []
    for folder, folders, names in os.walk(root, followlinks=False):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        hidden = [name for name in folders if name.startswith(".")]
        skipped.extend(str((here / name).relative_to(root)) for name in {*links, *hidden})
        folders[:] = sorted(set(folders) - {*links, *hidden})
        for name in names:
            shown = (here / name).relative_to(root).as_posix()
            litter = name.startswith((".", "~$")) or name.lower() in _LITTER
            (skipped if litter or (here / name).is_symlink() else found).append(shown)
    own = [name for name in found if skip and (root / name).resolve() == skip.resolve()]
    if own:
        found.remove(own[0])
        notes.append(f"没有读“{own[0]}”：它是这次的输出文件。")
    if skipped:
        some = "、".join(sorted(skipped)[:5])
        notes.append(f"跳过了 {len(skipped)} 个隐藏文件、锁文件或链接（{some}）。")
    if not found:
        raise InputError(f"文件夹“{root.name}”里没有可读的文件。", f"支持 {SUPPORTED}。")
    return sorted(found)
