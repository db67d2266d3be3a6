"""`fenban evaluate --task bulletins`: labelled reports against what is read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.cli.measuring import Measured, show
from nlp.cli.options import say
from nlp.errors import EXIT_OK, EXIT_PARTIAL, InputError

if TYPE_CHECKING:
    from nlp.bulletin.gold import Gold
    from nlp.evaluate.bulletins import BulletinScores, Counts
    from nlp.evaluate.report import Origin


@dataclass(frozen=True, slots=True)
class BulletinJob:
    """Labelled reports, a file or a folder; `reports` is where they are if not beside it."""

    gold: Path
    reports: Path | None
    quiet: bool

    def measure(self, folders: Sequence[Path | None], origin: Origin) -> Measured:
        """Read all reports, once for every model that gives topics, and print the tables."""
        from nlp.bulletin.gold import load_gold
        from nlp.evaluate.bulletins import as_table, summary, to_json
        from nlp.evaluate.report import LineTable, lines_report

        golds = load_gold(self.gold)
        folder = self.reports or (self.gold if self.gold.is_dir() else self.gold.parent)
        files = [gold.report(folder) for gold in golds]
        unread: dict[str, None] = {}
        models = [self._read(path, golds, files, unread) for path in folders]
        for scores in models:
            show(as_table(scores), quiet=self.quiet)
        tables = [LineTable(scores.name, summary(scores)) for scores in models]
        numbers = to_json(models, gold=origin.gold, command=origin.command, unread=[*unread])
        page = partial(lines_report, "读报告的评测", tables, origin)
        return Measured(numbers, page, EXIT_PARTIAL if unread else EXIT_OK)

    def _read(
        self,
        model: Path | None,
        golds: Sequence[Gold],
        files: Sequence[Path],
        unread: dict[str, None],
    ) -> BulletinScores:
        """Read all reports; one that can't be read counts as missed from end to end."""
        from nlp.bulletin.topics import model_topics
        from nlp.evaluate.bulletins import BulletinScores

        topics = model_topics(model)

        def reports() -> Iterator[dict[str, Counts]]:
            from nlp.bulletin.measure import measure, missed
            from nlp.bulletin.read import read_bulletin

            for gold, file in zip(golds, files, strict=True):
                try:
                    yield {**measure([(gold, read_bulletin(file, topics))])}
                except InputError as fault:
                    if file.name not in unread:
                        say(f"警告：没有读“{file.name}”：{fault.message}", quiet=False)
                    unread[file.name] = None
                    yield {**missed(gold)}

        return BulletinScores(topics.name, str(model or "default"), tuple(reports()))
