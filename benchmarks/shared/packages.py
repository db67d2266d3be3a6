"""Packages that a system needs and the project does not."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PEERS = "benchmarks/requirements-peers.txt"


def installed(package: str) -> str | None:
    """Return the version of a package; None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def lacking(packages: Sequence[str]) -> str:
    """Say which packages are missing and how to get them, "" if none is."""
    missing = [name for name in packages if not installed(name)]
    return (
        f"{', '.join(missing)} not installed: `pip install --requirement {PEERS}`"
        if missing
        else ""
    )


def peer(name: str) -> Any:  # noqa: ANN401 - none of them has types
    """Import a package that is no dependency of the project."""
    return import_module(name)
