"""Folders written as a whole: filled beside their place, then renamed into it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from nlp.errors import ModelError
from nlp.io.system import reason


def write_folder(folder: Path, fill: Callable[[Path], None], hint: str) -> None:
    """Let `fill` write into a temporary neighbour of `folder`, then put it in place.

    Another process may have done the same meanwhile: then its folder stays.
    Raises ModelError with `hint` where the disk refuses.
    """
    temporary = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        fill(temporary)
        temporary.chmod(0o755)
        for file in temporary.iterdir():
            file.chmod(0o644)  # safetensors writes files that only their owner may read
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        _settle(temporary, folder)
    except OSError as error:
        raise ModelError(f"写不了“{folder}”：{reason(error)}。", hint) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _settle(temporary: Path, folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()  # Windows does not rename onto an empty folder
    try:
        temporary.rename(folder)
    except OSError:
        if not (folder / "config.json").is_file():
            raise
