"""Writers: models that put a reply's digest into words of their own.

None is trusted. `nlp.summarize.rewrite.guard` compares what they write with the reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nlp.errors import UsageError

if TYPE_CHECKING:
    from nlp.hf.seq2seq import Seq2Seq


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A reply that the model failed on: a value that keeps its place, not an exception."""

    message: str


class Writer(Protocol):
    """What every writer can do; `name` is what the output says of who wrote."""

    @property
    def name(self) -> str: ...

    def write(self, replies: Sequence[str], max_chars: int) -> Sequence[str | Unwritten]:
        """Return one digest of about `max_chars` characters per reply, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Seq2SeqWriter:
    """A transformers sequence-to-sequence model in this process."""

    name: str
    model: Seq2Seq

    def write(self, replies: Sequence[str], max_chars: int) -> list[str]:
        return self.model.generate(replies, max_chars)


def open_writer(
    model: str = "", *, endpoint: str = "", offline: bool = False, allow_remote: bool = False
) -> Writer:
    """Open the writer that `--model` and `--endpoint` name; with an endpoint, `model` is its.

    Raises UsageError if neither names one or the endpoint is not in the office, ModelError
    if the model cannot be loaded.
    """
    if endpoint:
        from nlp.summarize.rewrite.endpoint import EndpointWriter

        return EndpointWriter(endpoint, model, allow_remote=allow_remote)
    if not model:
        raise UsageError(
            "--method abstractive 没有指定由哪个模型写摘要。",
            "请加 --model hf:模型文件夹，或 --endpoint http://127.0.0.1:8000。",
        )
    from nlp.hf.seq2seq import load_seq2seq

    return Seq2SeqWriter(model, load_seq2seq(model, offline=offline))
