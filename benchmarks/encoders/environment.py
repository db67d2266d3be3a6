"""A virtual environment for a tool whose pins contradict the project's."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

DONE = "done.json"
"""What a script that runs apart writes last: its folder is complete only with this file."""
_READY = "ready.txt"


def run_apart(folder: Path, requirements: Path, script: Path, arguments: Sequence[Path]) -> None:
    """Run a script in an environment of its own. Raises RuntimeError with what it said last."""
    python = environment(folder, requirements)
    _call([python, script, *arguments], f"{script.name} failed")


def environment(folder: Path, requirements: Path) -> Path:
    """Return the interpreter of a folder's environment, made on first use.

    It sees the packages of this one behind its own: torch, the largest, is not fetched twice.
    """
    python = folder / "bin" / "python"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    ready = folder / _READY
    if ready.is_file() and ready.read_text(encoding="utf-8") == wanted:
        return python
    venv.create(folder, with_pip=True, clear=True)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "parent.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    install = (python, "-m", "pip", "install", "--quiet", "--requirement", requirements)
    _call(install, f"{requirements.name} can't be installed")
    ready.write_text(wanted, encoding="utf-8")
    return python


def _call(command: Sequence[Path | str], fault: str) -> None:
    print(f"  {fault.split()[0]} …", file=sys.stderr, flush=True)
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise RuntimeError(f"{fault}: {' '.join(last)}")
