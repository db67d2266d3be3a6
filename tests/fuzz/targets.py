"""What is called with a case, and what must hold: a target raises only on a real fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.fuzz import broken, loaders, readers, texts, tokens
from tests.fuzz.mutate import Style, case
from tests.fuzz.nasty import files

Check = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A function from bytes to nothing, and where its cases come from.

    `forms` name the files to begin with, `style` says how they may be damaged.
    """

    name: str
    check: Check
    forms: tuple[str, ...]
    style: Style

    def seeds(self, seed: int) -> tuple[bytes, ...]:
        """Return the files to begin with, () where nothing here can write them."""
        if self.name in broken.CHECKS:
            return broken.SEEDS
        return tuple(data for form in self.forms for data in files(form, seed).values())

    def case(self, seed: int, number: int) -> bytes:
        return case(self.seeds(seed), self.style, f"{self.name}:{seed}", number)


def _reader(form: str, style: Style, *endings: str) -> Target:
    return Target(f"read-{form}", partial(readers.check, endings=endings), (form,), style)


def _text(name: str, check: Check) -> Target:
    return Target(name, check, ("txt",), Style(text=True))


_XML = Style(tokens.XML_TOKENS, text=True)
_YAML = Style(tuple(token.encode() for token in tokens.YAML_TOKENS), text=True)
_MODEL = Style(tokens.JSON_TOKENS, zipped=True)
_TABLE = Style(tokens.TABLE_TOKENS, text=True)
_ALL = (
    _text("clean", texts.check_clean),
    _text("split", texts.check_split),
    _text("letter", texts.check_letter),
    _text("figures", texts.check_figures),
    _text("bulletin", texts.check_bulletin),
    _text("safe-cell", texts.check_safe_cell),
    Target("directory", loaders.check_directory, ("directory",), _YAML),
    Target("functions", loaders.check_functions, ("functions",), _YAML),
    Target("router", loaders.check_router, ("router",), _MODEL),
    Target("digester", loaders.check_digester, ("digester",), _MODEL),
    _reader("xlsx", Style(tokens.XML_TOKENS, zipped=True), ".xlsx", ".xls", ".xlsm", ".csv"),
    _reader("xls", Style(), ".xls", ".et", ".xlsx"),
    _reader("csv", _TABLE, ".csv", ".tsv", ".xls", ".txt"),
    _reader("json", Style(tokens.JSON_TOKENS, text=True), ".jsonl", ".json", ".txt"),
    _reader("parquet", Style(), ".parquet", ".pq"),
    _reader("xml", _XML, ".xml", ".xls"),
    _reader("docx", Style(tokens.XML_TOKENS, zipped=True), ".docx", ".doc"),
    _reader("pdf", Style(tokens.PDF_TOKENS, text=True), ".pdf"),
    _reader("html", Style(tokens.HTML_TOKENS, text=True), ".html", ".xls", ".htm"),
    _reader("txt", Style(text=True), ".txt", ".md", ".csv", ""),
)
TARGETS: Mapping[str, Target] = {target.name: target for target in _ALL}
BROKEN: Mapping[str, Target] = {
    name: Target(name, check, (), Style(text=True)) for name, check in broken.CHECKS.items()
}


def find(name: str) -> Target:
    """Return a target by name, one that is broken on purpose included."""
    return TARGETS[name] if name in TARGETS else BROKEN[name]
