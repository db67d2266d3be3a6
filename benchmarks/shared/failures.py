"""Why a system failed, in a line that may stand on a page."""

from __future__ import annotations

import re

_FOLDERS = re.compile(r"(?:/[\w.@+-]+){2,}")


def reason(error: Exception) -> str:
    """Return the first line of an error; where things lie on this machine is left out."""
    text = str(error).strip().partition("\n")[0][:300]
    return f"{type(error).__name__}: {_FOLDERS.sub('…', text)}"
