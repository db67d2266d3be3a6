"""What suggestions and digests have in common, for whatever counts or writes either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from nlp.io.write import json_line
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


R_co = TypeVar("R_co", bound=Result, covariant=True)


class Results(Protocol[R_co]):
    """All results of a run, in order, as often as they are asked for."""

    def __iter__(self) -> Iterator[R_co]: ...

    def lines(self) -> Iterator[str]:
        """Yield their JSON lines, some at a time."""

    def heads(self) -> list[str]:
        """Return the heads of the rows' own columns, in order of first appearance."""


@dataclass(frozen=True, slots=True)
class Listed(Generic[R]):
    """Results that are in memory; `record` makes the object of the contract."""

    items: Sequence[R]
    record: Callable[[R], Mapping[str, object]]

    def __iter__(self) -> Iterator[R]:
        return iter(self.items)

    def lines(self) -> Iterator[str]:
        return (json_line(self.record(item)) for item in self.items)

    def heads(self) -> list[str]:
        return list(dict.fromkeys(head for item in self.items for head in item.given))
