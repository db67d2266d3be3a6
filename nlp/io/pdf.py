"""The text of a PDF's pages, read by a process of its own that a hostile file cannot hold up."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer

from nlp.errors import InputError

MAX_PAGES = 10_000
MAX_MEMORY = 2 * 2**30
"""Bytes of address space; not on Windows, where only time is limited."""
PAGE_SECONDS = 20.0
"""For one page, or for opening the file."""
MAX_CHARACTERS = 50_000_000
_WORKER = Path(__file__).with_name("pdfworker.py")


def page_texts(path: Path, name: str) -> list[str]:
    """Return the text of every page.

    :raises InputError: damaged, protected, too many pages, or more work than a document is.
    """
    return list(_reader(os.getpid()).read(path, name))


@lru_cache(maxsize=1)
def _reader(owner: int) -> _Reader:
    """Return the reader of this process; a forked one must not talk to its parent's."""
    reader = _Reader(owner)
    atexit.register(reader.stop)
    return reader


@dataclass(slots=True)
class _Reader:
    """Keeps the process for the next file; starting one takes a tenth of a second."""

    owner: int = field(default_factory=os.getpid)
    process: subprocess.Popen[bytes] | None = None
    lock: Lock = field(default_factory=Lock)

    def read(self, path: Path, name: str) -> Iterator[str]:
        with self.lock:
            try:
                yield from self._pages(path, name)
            except _RefusedError:  # a whole answer: the process waits for the next file
                raise
            except BaseException:
                self.stop()  # whatever it still has to say belongs to this file
                raise

    def _pages(self, path: Path, name: str) -> Iterator[str]:
        process = self._running()
        assert process.stdin is not None
        with suppress(OSError):  # a process that is gone gives no answer below
            process.stdin.write(json.dumps(str(path.resolve())).encode("ascii") + b"\n")
            process.stdin.flush()
        head = self._answer(name)
        if not isinstance(head, dict) or "pages" not in head:
            raise _refused(head, name)
        characters = 0
        for _ in range(int(head["pages"])):
            text = self._answer(name)
            if not isinstance(text, str):
                raise _refused(text, name)
            characters += len(text)
            if characters > MAX_CHARACTERS:
                raise _too_much(name)
            yield text

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, "-P", str(_WORKER), str(MAX_MEMORY), str(MAX_PAGES)]
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self.process

    def _answer(self, name: str) -> object:
        """Wait for a line; the process is killed where none comes in time."""
        process = self.process
        assert process is not None
        assert process.stdout is not None
        timer = Timer(PAGE_SECONDS, process.kill)
        timer.daemon = True
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise _too_much(name)
        return json.loads(line)

    def stop(self) -> None:
        """End the process and close its pipes."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        with suppress(OSError):  # what was not yet written is of no use
            process.communicate()


class _RefusedError(InputError):
    """What the process says of a file that it can't read."""


def _refused(answer: object, name: str) -> InputError:
    fault = answer.get("fault") if isinstance(answer, dict) else ""
    if fault == "password":
        return _RefusedError(
            f"“{name}”设有打开密码。", "请用阅读器输入密码后另存（或打印）为不加密的 PDF。"
        )
    if fault == "pages":
        return _RefusedError(f"“{name}”超过 {MAX_PAGES} 页，没有读。", "请拆成几个文件再试。")
    what = f"“{name}”不是完好的 PDF。"
    return (_RefusedError if fault else InputError)(
        what, "请重新下载，或用阅读器打开后另存（打印）为 PDF 再试。"
    )


def _too_much(name: str) -> InputError:
    return InputError(
        f"“{name}”读不下去：有一页超过 {PAGE_SECONDS:.0f} 秒、内存不够，或读取程序中途退出。",
        "文件可能是伪造的或已损坏；请用阅读器打开后另存（打印）为 PDF 再试。",
    )
