"""User errors: what was found, what was expected, and what to do next, in Chinese.

Logic raises these; only the command line turns them into one line and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence

EXIT_OK, EXIT_INPUT, EXIT_USAGE, EXIT_PARTIAL, EXIT_GATE = 0, 1, 2, 3, 4


class FenbanError(Exception):
    """Base of every error that a user can mend.

    `message` says what was found and what was expected; `hint` what to do next.
    """

    exit_code = EXIT_INPUT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(FenbanError):
    """A file or folder that was handed over cannot be used."""


class UsageError(FenbanError):
    """An option has an impossible value."""

    exit_code = EXIT_USAGE


class ModelError(FenbanError):
    """A model directory is missing, damaged or foreign."""


class DataError(FenbanError):
    """A scheme, function, directory or corpus file has faults, reported line by line."""

    def __init__(self, file: str, faults: Sequence[str], hint: str = "") -> None:
        shown = "；".join(faults[:10])
        more = f"；另有 {len(faults) - 10} 处" if len(faults) > 10 else ""
        super().__init__(f"{file} 有 {len(faults)} 处错误：{shown}{more}。", hint)
        self.args = (file, tuple(faults), hint)  # what it is made of again in another process
        self.file = file
        self.faults = tuple(faults)
