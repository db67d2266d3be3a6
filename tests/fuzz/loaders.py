"""Loaders of data files and models: FenbanError says what is wrong, nothing else is raised."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from nlp.errors import FenbanError, ModelError
from tests.fuzz.nasty_data import KEYS, SCHEME
from tests.fuzz.readers import room
from tests.fuzz.zips import Member, unpack

_NAMES = ("县教育局", "教体局", "河口镇", "", "县", "省", "青石经济开发区管委会")
_SAID = "县教育局会同河口镇政府、青石经济开发区和水利局办理。"
_DEEPEST = 4


def _written(name: str, data: bytes) -> Path:
    path = room() / name
    path.write_bytes(data)
    return path


def check_directory(data: bytes) -> None:
    """A directory is refused with FenbanError, or answers every question."""
    from nlp.places import PARK, TOWNSHIP, load_directory

    try:
        directory = load_directory(_written("places.yaml", data), KEYS)
    except FenbanError as fault:
        str(fault).encode("utf-8")
        return
    assert all(unit.name for unit in directory.units), "a unit without a name"
    for key in (*KEYS, TOWNSHIP, PARK, "nosuch"):
        assert isinstance(directory.unit_of(key, _SAID), str)
    for name in _NAMES:
        directory.functions_of(name)
    assert set(directory.mentioned(_SAID)) <= set(directory.unit_names), "an unknown unit"


def check_functions(data: bytes) -> None:
    """Functions, schemes of topics and of outcomes are hand-written in the same way."""
    from nlp.classify.duties import DutyIndex
    from nlp.outcomes import load_outcomes
    from nlp.taxonomy import function_of_unit, load_functions, load_scheme

    path = _written("data.yaml", data)
    scheme = load_scheme(_written("scheme.yaml", SCHEME.encode()))
    try:
        functions = load_functions(path, scheme)
        function_of_unit("县教育局", functions)
        DutyIndex(functions)
    except FenbanError as fault:
        str(fault).encode("utf-8")
    for load in (load_scheme, load_outcomes):
        try:
            found = load(path)
        except FenbanError as fault:
            str(fault).encode("utf-8")
            continue
        if load is load_outcomes:
            found.find(_SAID + "该问题已列入计划解决。")


def check_router(data: bytes) -> None:
    from nlp.classify.files import load_router

    _check_model(data, load_router)


def check_digester(data: bytes) -> None:
    from nlp.summarize.files import load_digester

    _check_model(data, load_digester)


def _check_model(data: bytes, load: Callable[[Path], object]) -> None:
    """A damaged model directory is refused with ModelError.

    The audit of hashes would refuse nearly everything at the door, so the directory is read
    a second time with hashes that fit, as someone who edited it by hand would leave it.
    """
    folder = room() / "model"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for member in unpack(data):
        _place(folder, member)
    _refused(load, folder)
    if _sign(folder):
        _refused(load, folder)


def _refused(load: Callable[[Path], object], folder: Path) -> None:
    try:
        load(folder)
    except ModelError as fault:
        str(fault).encode("utf-8", "surrogateescape")


def _place(folder: Path, member: Member) -> None:
    """Write a member below the folder; one whose name cannot be a file is left out."""
    parts = [part for part in PurePosixPath(member.name).parts if part not in ("..", "/")]
    if not parts or len(parts) > _DEEPEST:
        return
    target = folder.joinpath(*parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(member.data)
    except (OSError, ValueError):
        return


def _sign(folder: Path) -> bool:
    """Let the manifest list what is there; False where it is no JSON object."""
    from nlp.io.hashes import file_digest
    from nlp.store import MANIFEST

    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(manifest, dict):
        return False
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    manifest["files"] = {f.relative_to(folder).as_posix(): file_digest(f) for f in files}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return True
