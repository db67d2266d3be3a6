"""What a file really is, by its first bytes; its extension decides only among texts."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from nlp.errors import InputError
from nlp.io.ole import BOOKS, MAGIC, CircularError, open_container, too_wide


class Kind(StrEnum):
    """A form of file that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    JSON = "json"
    PARQUET = "parquet"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    SHEETML = "xml"
    TXT = "txt"


KIND_NAMES = {
    Kind.XLSX: "Excel 工作簿（xlsx）",
    Kind.XLS: "Excel 97-2003 工作簿（xls）",
    Kind.CSV: "文本表格（CSV）",
    Kind.TSV: "制表符分隔的文本表格",
    Kind.JSONL: "JSONL",
    Kind.JSON: "JSON",
    Kind.PARQUET: "Parquet",
    Kind.DOCX: "Word 文档（docx）",
    Kind.PDF: "PDF",
    Kind.HTML: "网页（HTML）",
    Kind.SHEETML: "XML 表格",
    Kind.TXT: "纯文本",
}
SUPPORTED = "xlsx、xls、et、csv、tsv、jsonl、json、parquet、docx、pdf、html、txt"
_BY_SUFFIX = {
    **{f".{kind}": kind for kind in Kind},
    **{".xlsm": Kind.XLSX, ".xlsb": Kind.XLSX, ".xltx": Kind.XLSX, ".ods": Kind.XLSX},
    **{".et": Kind.XLS, ".xlt": Kind.XLS, ".tab": Kind.TSV, ".ndjson": Kind.JSONL},
    **{".htm": Kind.HTML, ".md": Kind.TXT, ".text": Kind.TXT, ".log": Kind.TXT, "": Kind.TXT},
    **{".doc": Kind.DOCX, ".wps": Kind.DOCX, ".docm": Kind.DOCX, ".pq": Kind.PARQUET},
}
_SHEETS = (Kind.XLSX, Kind.XLS)
_PLAIN = (Kind.CSV, Kind.TSV, Kind.JSONL, Kind.JSON, Kind.TXT)
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|table|body|div)\b", re.I | re.S
)
_FOREIGN = (
    (b"{\\rtf", "RTF 文档", "请用 Word/WPS 打开后另存为 docx。"),
    (b"\x89PNG", "图片", "图片里的文字请先做文字识别（OCR），存成 docx 或 txt。"),
    (b"\xff\xd8\xff", "图片", "图片里的文字请先做文字识别（OCR），存成 docx 或 txt。"),
    (b"Rar!", "RAR 压缩包", "请先解压，再把文件夹交给程序。"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压，再把文件夹交给程序。"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压，再把文件交给程序。"),
)


def sniff(path: Path, name: str) -> Kind:
    """Tell what to read the file as.

    :raises InputError: a form that cannot be read, with the way to convert it.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    expected = _BY_SUFFIX.get(path.suffix.lower())
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(path, name)
    if head.startswith(MAGIC):
        return _inside_ole(path, name, expected)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    for magic, what, hint in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"“{name}”是{what}，读不了。", hint)
    return _text_kind(head, name, expected)


def _text_kind(head: bytes, name: str, expected: Kind | None) -> Kind:
    squeezed = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in squeezed:
        return Kind.SHEETML
    if squeezed.lstrip()[:13].lower() == b"mime-version:":
        raise InputError(f"“{name}”是单一文件网页（mht）。", "请用 Excel 打开后另存为 xlsx。")
    if expected not in _PLAIN and _HTML.match(re.sub(rb"<\?xml.*?\?>", b"", squeezed, count=1)):
        return Kind.HTML
    if expected in _SHEETS:
        return Kind.TSV if b"\t" in squeezed.partition(b"\n")[0] else Kind.CSV
    if expected in (Kind.DOCX, Kind.PDF, Kind.PARQUET):
        raise InputError(
            f"“{name}”不是有效的{KIND_NAMES[expected]}，文件头对不上。",
            "文件可能没有传完整，或被改过扩展名；请重新导出再试。",
        )
    if expected is None or expected is Kind.SHEETML:
        raise InputError(f"不支持“{name}”这种文件。", f"支持 {SUPPORTED}，请另存为其中一种。")
    return expected


def _inside_zip(path: Path, name: str) -> Kind:
    try:
        with ZipFile(path) as archive:
            members = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return Kind.XLSX  # the guard finds the words for damaged containers
    if any(member.startswith("xl/") for member in members):
        return Kind.XLSX
    if any(member.startswith("word/") for member in members):
        return Kind.DOCX
    if "content.xml" in members and path.suffix.lower() != ".odt":
        return Kind.XLSX
    if "OFD.xml" in members:
        raise InputError(f"“{name}”是 OFD 版式文件。", "请用阅读器另存为 PDF 或 txt 再试。")
    if not members:
        raise InputError(f"“{name}”是空的压缩包。", "请重新导出后再试。")
    raise InputError(f"“{name}”是压缩包或不支持的文档。", f"请先解压或另存；支持 {SUPPORTED}。")


def _inside_ole(path: Path, name: str, expected: Kind | None) -> Kind:
    try:
        container = open_container(path.read_bytes())
        sound = not too_wide(container.book)
    except CircularError:
        sound = False
    if not sound:
        raise InputError(
            f"“{name}”已损坏（内部结构不合规范）。", "请用 Excel/WPS 打开后另存为 xlsx 再试。"
        )
    streams = container.names
    if "EncryptedPackage" in streams:
        raise InputError(
            f"“{name}”设有打开密码。",
            "请用 Office/WPS 打开，在“文件-信息”里去掉密码，另存后再试。",
        )
    if streams & BOOKS or (not streams and expected in _SHEETS):
        return Kind.XLS
    if "WordDocument" in streams:
        raise InputError(
            f"“{name}”是旧版 Word 文档（doc/wps），读不了。",
            "请用 Word 或 WPS 打开，另存为 docx 再试。",
        )
    raise InputError(
        f"“{name}”是不支持的 Office 文件，或者已损坏。",
        f"支持 {SUPPORTED}；请用 Office/WPS 打开后另存为其中一种。",
    )


def expected_kind(path: Path) -> Kind | None:
    """Tell what the extension promises; None when unknown."""
    return _BY_SUFFIX.get(path.suffix.lower())
