"""PDF files are read by a process that can be ended; hostile ones cost no more than that."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nlp.errors import InputError
from nlp.io import pdf
from nlp.io.documents import read_document

Make = Callable[..., Path]
TEXT = "BT /F1 12 Tf 50 700 Td (Street lamps should be mended) Tj ET"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    "/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>>>"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(content: bytes, more: str = "") -> bytes:
    return f"<</Length {len(content)}{more}>>stream\n".encode() + content + b"\nendstream"


def write_pdf(
    path: Path,
    content: bytes | None = None,
    *,
    pages: str = "[3 0 R]/Count 1",
    catalog: str = "",
    form: bytes = b"<<>>",
) -> Path:
    """Write a PDF of one page from its objects."""
    objects: list[bytes] = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids{pages}>>".encode(),
        PAGE.encode(),
        content if content is not None else stream(TEXT.encode()),
        FONT.encode(),
        form,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    ).encode()
    path.write_bytes(data)
    return path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[pdf._Reader]:
    """Return a reader with little memory and little time."""
    monkeypatch.setattr(pdf, "MAX_MEMORY", 300 * 2**20)
    monkeypatch.setattr(pdf, "PAGE_SECONDS", 30.0)
    reader = pdf._Reader()
    monkeypatch.setattr(pdf, "_reader", lambda _: reader)
    yield reader
    reader.stop()


def test_scripts_and_actions_are_not_run(tmp_path: Path) -> None:
    catalog = (
        "/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://192.0.2.1/'\\))>>"
        "/AA<</WC<</S/Launch/F(calc.exe)>>>>"
    )
    path = write_pdf(tmp_path / "a.pdf", catalog=catalog)
    assert read_document(path).text == "Street lamps should be mended"


@pytest.mark.parametrize("pages", ["[3 0 R]/Count 1000000", f"[{'3 0 R ' * 10_001}]/Count 10001"])
def test_too_many_pages(tmp_path: Path, pages: str) -> None:
    with pytest.raises(InputError, match=f"超过 {pdf.MAX_PAGES} 页"):
        read_document(write_pdf(tmp_path / "a.pdf", pages=pages))


@pytest.mark.parametrize("pages", ["[2 0 R 3 0 R 2 0 R]/Count 50", "[3 0 R]/Count 2000000000"])
def test_page_trees_that_lie(tmp_path: Path, pages: str) -> None:
    try:
        assert "lamps" in read_document(write_pdf(tmp_path / "a.pdf", pages=pages)).text
    except InputError as fault:
        assert "PDF" in fault.message


def test_forms_within_forms_end(tmp_path: Path, small: pdf._Reader) -> None:
    inner = f"{'/X Do ' * 10}{TEXT}".encode()
    form = stream(
        inner,
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
        "/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>",
    )
    with pytest.raises(InputError, match="读不下去"):
        read_document(write_pdf(tmp_path / "a.pdf", stream(b"/X Do"), form=form))
    assert "lamps" in read_document(write_pdf(tmp_path / "b.pdf")).text


def test_a_stream_that_inflates_for_ever(tmp_path: Path, small: pdf._Reader) -> None:
    machine = zlib.compressobj(1)
    packed = b"".join(machine.compress(b" " * 2**20) for _ in range(250)) + machine.flush()
    path = write_pdf(tmp_path / "a.pdf", stream(packed, "/Filter/FlateDecode"))
    with pytest.raises(InputError):
        read_document(path)


def test_a_page_that_takes_too_long(tmp_path: Path, monkeypatch, small: pdf._Reader) -> None:
    monkeypatch.setattr(pdf, "PAGE_SECONDS", 0.0)
    with pytest.raises(InputError, match="读不下去"):
        read_document(write_pdf(tmp_path / "a.pdf"))


def test_one_process_reads_many_files(make_pdf: Make, small: pdf._Reader) -> None:
    first = read_document(make_pdf("关于路灯的建议，路灯坏了", name="a.pdf"))
    process = small.process
    second = read_document(make_pdf("关于石桥的建议，石桥坏了", name="b.pdf"))
    assert small.process is process
    assert first.text != second.text


def test_a_process_that_was_ended_is_started_again(make_pdf: Make, small: pdf._Reader) -> None:
    path = make_pdf("关于路灯的建议，路灯坏了")
    read_document(path)
    assert small.process is not None
    small.process.kill()
    small.process.wait()
    assert "路灯" in read_document(path).text


def test_too_much_text(make_pdf: Make, monkeypatch, small: pdf._Reader) -> None:
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 5)
    with pytest.raises(InputError, match="读不下去"):
        read_document(make_pdf("关于路灯的建议，路灯坏了"))


def test_names_that_are_no_options(make_pdf: Make, tmp_path: Path) -> None:
    path = make_pdf("关于路灯的建议，路灯坏了", name="--help\n.pdf")
    assert "路灯" in read_document(path).text
