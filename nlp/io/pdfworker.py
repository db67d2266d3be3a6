"""The process that reads PDF files for `nlp/io/pdf.py`; run as a script, never imported.

A PDF may ask for any amount of work (forms within forms, streams that inflate for ever), and
the library that reads it cannot be told to stop. Here it can be killed. Standard library and
pypdfium2 only. Each line of input is a JSON string, the path of a file; the answer is a line
{"pages": n} or {"fault": word}, then a line for every page, a JSON string.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress


def limit_memory(most: int) -> None:
    """Hold this process to so many bytes of address space, where the system can."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def read(path: str, most_pages: int) -> Iterator[object]:
    """Yield the count of pages, then each page's text; or why there is none."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        opened = pypdfium2.PdfDocument(path)
        count = len(opened)
    except pypdfium2.PdfiumError as fault:
        yield {"fault": "password" if "password" in str(fault).lower() else "damaged"}
        return
    if count > most_pages:
        yield {"fault": "pages", "count": count}
        return
    yield {"pages": count}
    for number in range(count):
        try:
            page = opened[number]
            yield page.get_textpage().get_text_bounded()
            page.close()
        except pypdfium2.PdfiumError:
            yield {"fault": "damaged"}
            return
    opened.close()


def main() -> None:
    """Answer until the input ends."""
    limit_memory(int(sys.argv[1]))
    most_pages = int(sys.argv[2])
    for line in sys.stdin.buffer:
        for each in read(json.loads(line), most_pages):
            sys.stdout.buffer.write(json.dumps(each).encode("ascii") + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
