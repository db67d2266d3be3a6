"""A headless Chromium for tests, driven over a pipe: the DevTools protocol without any library.

Each message is JSON that ends with a zero byte; the browser reads from descriptor 3 and writes
to 4 (`--remote-debugging-pipe`).
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT = 60
"""Seconds after which a browser that says nothing is given up."""


class Page:
    """One tab; `events` holds everything that the browser reported of it."""

    def __init__(self, inward: int, outward: int):
        self.inward, self.outward = inward, outward
        self.events, self.rest, self.number, self.session = [], b"", 0, None

    def call(self, method, **params):
        """Send a command and return its result; what is reported meanwhile is kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.outward, json.dumps(message).encode() + b"\0")
        while (found := self._next()).get("id") != self.number:
            self.events.append(found)
        assert "error" not in found, found
        return found["result"]

    def wait_for(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def run(self, script):
        """Evaluate an expression and return its value."""
        found = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, path: Path, width: int, media: str = "screen"):
        """Show a file in a window of a width in pixels, as a screen or as paper."""
        self.events.clear()
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Emulation.setEmulatedMedia", media=media)
        self.call("Page.navigate", url=path.as_uri())
        self.wait_for("Page.loadEventFired")

    def said(self, *methods):
        """Return what was reported under any of the names."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def _next(self):
        until = time.monotonic() + WAIT
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.inward], [], [], max(0.0, until - time.monotonic()))
            data = os.read(self.inward, 1 << 16) if ready else b""
            assert data, "Chromium stopped answering"
            self.rest += data
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)


def _pipe() -> list[int]:
    """Return the ends of a pipe, neither of them 3 or 4."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high


@contextmanager
def opened(profile: Path) -> Iterator[Page]:
    """Start Chromium with an empty profile and yield its page; it is closed afterwards."""
    read_end, child_out = _pipe()
    child_in, write_end = _pipe()
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    flags += ["--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [CHROMIUM, *flags],
        pass_fds=(3, 4),
        preexec_fn=lambda: (os.dup2(child_in, 3), os.dup2(child_out, 4)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(child_in)
    os.close(child_out)
    try:
        page = Page(read_end, write_end)
        target = page.call("Target.createTarget", url="about:blank")["targetId"]
        page.session = page.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        yield page
    finally:
        process.terminate()
        process.wait(WAIT)
        os.close(read_end)
        os.close(write_end)
