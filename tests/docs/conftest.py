import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"<!-- 文件：(\S+) -->\n```\w+\n(.*?)```", re.S)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the examples of docs/data-files.md and return the folder that holds 本县/."""
    folder = tmp_path_factory.mktemp("examples")
    for name, text in FILE.findall((ROOT / "docs/data-files.md").read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
