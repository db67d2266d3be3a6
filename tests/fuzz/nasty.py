"""Files to begin with, healthy and damaged: `python -m tests.fuzz.nasty FOLDER [--seed N]`.

Nothing binary is committed: every file is written anew, the same for the same seed and
library versions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.fuzz import nasty_data, nasty_documents, nasty_models, nasty_tables

FORMS: Mapping[str, Callable[[Random], dict[str, bytes]]] = {
    "xlsx": nasty_tables.xlsx,
    "xls": nasty_tables.xls,
    "csv": nasty_tables.csv,
    "json": nasty_tables.jsons,
    "parquet": nasty_tables.parquet,
    "xml": nasty_tables.sheetml,
    "docx": nasty_documents.docx,
    "pdf": nasty_documents.pdf,
    "html": nasty_documents.html,
    "txt": nasty_documents.txt,
    "directory": nasty_data.directory,
    "functions": nasty_data.functions,
    "router": nasty_models.router,
    "digester": nasty_models.digester,
}
"""What writes the files of a form; one that its writer is missing for has none."""


_ENDINGS = {"directory": "yaml", "functions": "yaml", "router": "zip", "digester": "zip"}


@lru_cache(maxsize=32)
def files(form: str, seed: int = 0) -> Mapping[str, bytes]:
    """Return the files of a form by name."""
    return FORMS[form](Random(f"{form}:{seed}"))


def write(folder: Path, seed: int = 0) -> tuple[Path, ...]:
    """Write the files of every form into a folder, `FORM-NAME.FORM`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for form in FORMS:
        ending = _ENDINGS.get(form, form)
        for name, data in files(form, seed).items():
            path = folder / f"{form}-{name}.{ending}"
            path.write_bytes(data)
            written.append(path)
    return tuple(written)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.nasty", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    written = write(given.folder, given.seed)
    sys.stdout.write(f"{len(written)} files in {given.folder}\n")


if __name__ == "__main__":
    main()
