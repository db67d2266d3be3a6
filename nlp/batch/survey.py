"""A dry run over an input: what can be read, and what a clerk should look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import EXIT_OK, EXIT_PARTIAL
from nlp.io.read import Source
from nlp.types import Proposal, RowError

LONG_BODY = 20_000
"""Bodies beyond this many characters are more likely a pasted file than a proposal."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Survey:
    """What a dry run found."""

    files: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    errors: tuple[RowError, ...]

    @property
    def exit_code(self) -> int:
        return EXIT_PARTIAL if self.errors else EXIT_OK

    def lines(self) -> Iterator[str]:
        """Yield the findings in Chinese, a line each."""
        yield f"文件：{len(self.files)} 个"
        yield from (f"识别的列：{line}" for line in self.columns)
        yield f"可用提案：{len(self.proposals)} 件；出错：{len(self.errors)} 件"
        without_body = sum(not p.body.strip() for p in self.proposals)
        if without_body:
            yield f"没有正文的：{without_body} 件（只按标题判断）"
        yield from self._repeated()
        long = [p for p in self.proposals if len(p.body) > LONG_BODY]
        if long:
            yield f"正文超过 {LONG_BODY} 字的：{len(long)} 件，例如 {long[0].source}"
        yield from (f"提示：{note}" for note in self.notes)
        yield from (f"出错：{e.source}：{e.message}" for e in self.errors[:SHOWN])
        if len(self.errors) > SHOWN:
            yield f"……另有 {len(self.errors) - SHOWN} 处出错，运行 classify 后见“出错”表。"

    def _repeated(self) -> Iterator[str]:
        titles = Counter(p.title.strip() for p in self.proposals if p.title.strip())
        repeated = [(title, count) for title, count in titles.most_common() if count > 1]
        if repeated:
            title, count = repeated[0]
            yield f"标题重复的：{len(repeated)} 组，例如“{title}”出现 {count} 次"


def survey(source: Source[Proposal]) -> Survey:
    """Read a source to its end."""
    items = list(source.items)
    return Survey(
        files=source.files,
        columns=source.columns,
        notes=tuple(source.notes),
        proposals=tuple(i for i in items if isinstance(i, Proposal)),
        errors=tuple(i for i in items if isinstance(i, RowError)),
    )
