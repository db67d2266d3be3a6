"""Hashes of what a result depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nlp.io.hashes import file_digest


def digest(value: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def folder_hash(folder: Path, pattern: str = "*") -> str:
    """Return a hash over the names and contents of a folder's files, "" if there are none."""
    return files_hash(sorted(file for file in folder.rglob(pattern) if file.is_file()))


def files_hash(files: Iterable[Path]) -> str:
    """Return a hash over names and contents of files; one that is missing counts as such."""
    found = [(file.name, _content(file)) for file in files]
    return digest(found) if found else ""


def _content(file: Path) -> str:
    return file_digest(file) if file.is_file() else ""
