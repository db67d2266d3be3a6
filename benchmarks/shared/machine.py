"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from benchmarks.shared.packages import installed


@lru_cache(maxsize=1)
def machine() -> str:
    """Name system, processor, cores and Python."""
    parts = (
        f"{platform.system()} {platform.machine()}",
        _processor(),
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
    )
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    file = Path("/proc/cpuinfo")  # platform.processor() says nothing on most Linuxes
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def versions(packages: Iterable[str]) -> str:
    """List the installed versions of packages, each once."""
    found = ((name, installed(name)) for name in sorted(set(packages)))
    return ", ".join(f"{name} {number}" for name, number in found if number)
