"""What suggestions and digests have in common, for whatever counts or writes either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from nlp.types import RowRef


class Result(Protocol):
    """One row's result; with an `error` it holds the row's place and nothing else."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def error(self) -> str | None: ...
    @property
    def source(self) -> RowRef: ...
    @property
    def given(self) -> Mapping[str, str]: ...


R = TypeVar("R", bound=Result)
