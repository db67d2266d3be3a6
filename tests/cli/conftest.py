"""Commands run in this process: quick, and with the exit code, stdout and stderr apart."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

TABLE = """\
编号,案由,内容,联系电话
001,关于增建公办幼儿园的建议,城东新区入园难，摇号中签率不到四成。,013800001111
002,关于整治河道排污的提案,青石河上游有作坊直排废水，鱼虾绝迹。,
003,,,
004,关于打通断头路的议案,海虹大道北延段停工两年，居民绕行。,3
"""


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    def refused(self, code: int = 1) -> str:
        """Check that the command said no in one Chinese line, and return it."""
        lines = self.err.splitlines()
        assert (self.code, self.out, len(lines)) == (code, "", 1), self
        assert lines[0].startswith(("错误：", "用法不对：")), self
        assert not self.unforeseen
        return lines[0]

    @property
    def unforeseen(self) -> bool:
        return "Traceback" in self.err or "内部出错" in self.err


@pytest.fixture
def fenban(capsys, monkeypatch):
    """Run `fenban ARGUMENTS`, as the console script does."""
    from nlp.cli import app

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["fenban", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = app.run(app.app)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def classify(fenban, small_model):
    """Run `fenban classify` with the small model."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        return fenban("classify", *arguments, "--model", small_model, stdin=stdin)

    return run


@pytest.fixture
def table(tmp_path) -> Path:
    """Four rows, one of them without title and body."""
    path = tmp_path / "提案.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path
