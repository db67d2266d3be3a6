"""Reading and writing start without the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("python_calamine", "lxml", "docx", "pypdfium2", "pyarrow", "xlsxwriter", "numpy")


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, nlp.io.read, nlp.io.write\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
