"""Where a run writes: one file, or a folder with a file for every input file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from nlp.batch.outputs import ENDINGS
from nlp.errors import UsageError
from nlp.io.atomic import check_writable
from nlp.io.workbook import MAX_ROWS

JOURNAL = ".fenban.journal"
CELLS = (".xlsx", ".csv")
"""Forms that show the rows' own cells beside the results."""


@dataclass(frozen=True, slots=True)
class Destination:
    """`path` is a file, or a folder if `by_file`."""

    path: Path
    by_file: bool

    @classmethod
    def of(cls, path: Path) -> Destination:
        """Take a folder that exists, or a name without an ending, for a folder.

        Raises UsageError for a file of a kind that is not written.
        """
        if os.path.isdir(path) or not path.suffix:  # noqa: PTH112 - Path's raises for long names
            return cls(path, by_file=True)
        if path.suffix.lower() not in ENDINGS:
            raise UsageError(
                f"不会写“{path.name}”这种文件。",
                f"--out 的结尾应是 {'、'.join(ENDINGS)} 之一，或是一个文件夹。",
            )
        return cls(path, by_file=False)

    @property
    def journal(self) -> Path:
        """Where the progress of a run is kept: beside the output, hidden."""
        if self.by_file:
            return self.path / JOURNAL
        return self.path.with_name(f".{self.path.name}.journal")

    @property
    def cells(self) -> bool:
        return self.by_file or self.path.suffix.lower() in CELLS

    def check(self, source: str = "-") -> None:
        """Refuse what could not be written, before any work is done; make its folder.

        Raises UsageError, InputError.
        """
        if not self.by_file:
            check_writable(self.path, source, option="--out")
            return
        if source != "-":
            self._check_apart(Path(source))
        check_writable(self.path / JOURNAL, source, option="--out")

    def doubt(self, rows: int | None) -> str:
        """Say before any work that a sheet may not hold so many rows; "" where all is well.

        :param rows: how many will come, about; None if that is not known.
        """
        if self.by_file or self.path.suffix.lower() != ".xlsx" or (rows or 0) <= MAX_ROWS:
            return ""
        return (
            f"输入约有 {rows} 行，Excel 的一个工作表只放得下 {MAX_ROWS - 1} 行，最后可能写不了；"
            f"建议停下来，改用 --out {self.path.with_suffix('.csv')}。"
        )

    def _check_apart(self, source: Path) -> None:
        """Refuse a folder in which an input would be overwritten, or results become inputs."""
        own, given = self.path.resolve(), source.resolve()
        if not os.path.isdir(source):  # noqa: PTH112 - Path's raises for long names
            check_writable(self.path / _named(source.name), source, option="--out")
        elif given in (own, *own.parents) or (
            own in given.parents and (given / given.relative_to(own)).exists()
        ):
            raise UsageError(
                f"--out 的“{self.path}”在输入文件夹里面，结果会混进下次的输入。",
                "请换一个文件夹。",
            )

    def targets(self, files: Sequence[str]) -> dict[Path, str | None]:
        """Return which file is written for which input; None stands for all of them."""
        if not self.by_file:
            return {self.path: None}
        found: dict[Path, str | None] = {}
        # those that keep their name first: 甲.xls becomes 甲.xls.xlsx, which may be there, too
        for file in sorted(files, key=lambda file: _named(file) != file):
            name = _named(file)
            while self.path / name in found:
                name = f"{name}.xlsx"
            found[self.path / name] = file
        return found

    def sweep(self, target: Path) -> None:
        """Remove what a run that was killed while it wrote `target` left beside it."""
        for left in target.parent.glob(f".{escape(target.name)}.*.tmp"):
            with suppress(OSError):
                left.unlink()


def _named(file: str) -> str:
    """Name an input's results: the same form where it is one that is written, else a workbook."""
    path = Path(file)
    return file if path.suffix.lower() in ENDINGS else f"{file}.xlsx"
