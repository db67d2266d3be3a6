"""Pretrained text encoders: texts in, vectors of unit length out.

A text longer than the window is read in pieces whose vectors are averaged by their number of
tokens: nothing is cut off in silence, and `long_texts` counts them. A blank text gets a row of
zeros. A text's row does not depend on which others are embedded with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np

from nlp.errors import ModelError
from nlp.hf.audit import INT8, audit_checkpoint, has_weights
from nlp.hf.locate import OFFLINE, Sources, encoder_folder
from nlp.hf.q4file import Floats
from nlp.hf.runtime import has
from nlp.hf.settings import Settings, read_settings
from nlp.hf.tokens import Padded, Piece, Tokens, open_tokens

BATCH_TOKENS = 4096
"""Tokens of a batch, padding included: more makes no processor faster, only memory scarcer."""
CHUNK_TEXTS = 4000
"""Texts whose tokens are held at once, so that memory stays flat; within, like lengths meet."""
_NO_MEMORY = ("not enough memory", "can't allocate", "failed to allocate", "bad allocation",
              "out of memory", "bad_alloc")  # fmt: skip


class Runtime(StrEnum):
    """What runs an encoder; AUTO takes int8 where the folder and the machine have it."""

    AUTO = "auto"
    TORCH = "torch"
    ONNX = "onnxruntime"


class Network(Protocol):
    """What runs: `rows` is how many pieces it reads at once at most."""

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> int: ...

    @property
    def dimension(self) -> int: ...

    def states(self, batch: Padded) -> Floats:
        """Return one vector per token: (pieces, tokens, dimension)."""
        ...


class TextEncoder:
    """A network with its tokenizer and the settings that its vectors are made by."""

    def __init__(self, folder: Path, network: Network, tokens: Tokens, settings: Settings) -> None:
        self.folder = folder
        self.network = network
        self.tokens = tokens
        self.settings = settings
        self.long_texts = 0

    @property
    def dimension(self) -> int:
        return self.network.dimension

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return one float32 row per text: (texts, dimension).

        Raises ModelError if the memory does not hold even one piece of text.
        """
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), CHUNK_TEXTS):
            rows[start : start + CHUNK_TEXTS] = self._rows(texts[start : start + CHUNK_TEXTS])
        return rows

    def _rows(self, texts: Sequence[str]) -> Floats:
        """Average the vectors of each text's pieces."""
        distinct = list(dict.fromkeys(texts))  # the same title often comes with and without body
        pieces = self.tokens.pieces(distinct)
        self.long_texts += sum(len(some) > 1 for some in pieces)
        owners = np.repeat(np.arange(len(distinct)), [len(some) for some in pieces])
        flat = [piece for some in pieces for piece in some]
        weights = np.array([piece.size for piece in flat], np.float32)
        rows = np.zeros((len(distinct), self.dimension), np.float32)
        np.add.at(rows, owners, self._vectors(flat) * weights[:, None])
        place = {text: i for i, text in enumerate(distinct)}
        scaled: Floats = unit(rows)[[place[text] for text in texts]]
        return scaled

    def _vectors(self, pieces: Sequence[Piece]) -> Floats:
        """Embed pieces, longest first: where memory is short, it shows at the start."""
        order = sorted(range(len(pieces)), key=lambda i: -len(pieces[i].ids))
        vectors = np.zeros((len(pieces), self.dimension), np.float32)
        at, room = 0, BATCH_TOKENS
        while at < len(order):
            longest = len(pieces[order[at]].ids)
            count = max(1, min(self.network.rows, room // longest, len(order) - at))
            chosen = order[at : at + count]
            try:
                vectors[chosen] = self._pooled([pieces[i] for i in chosen])
            except Exception as error:  # each library has an exception of its own
                if not out_of_memory(error):
                    raise
                if count == 1:
                    raise _no_memory(longest) from error
                room = count * longest // 2
                continue
            at += count
        return vectors

    def _pooled(self, pieces: Sequence[Piece]) -> Floats:
        batch = self.tokens.padded(pieces)
        states = self.network.states(batch)
        if self.settings.pooling == "cls":
            return unit(states[:, 0])
        summed: Floats = np.einsum("ptd,pt->pd", states, batch.mask.astype(np.float32))
        return unit(summed)


def open_encoder(
    spec: str, sources: Sources = OFFLINE, runtime: Runtime = Runtime.AUTO
) -> TextEncoder:
    """Open `e5`, `hf:NAME`, `hf:FOLDER` or a folder. Raises ModelError or UsageError."""
    return load_encoder(encoder_folder(spec, sources), spec=spec, runtime=runtime)


def load_encoder(
    folder: Path, *, spec: str = "", runtime: Runtime = Runtime.AUTO, threads: int = 0
) -> TextEncoder:
    """Load a checkpoint from its folder alone.

    :param spec: what an error calls it; the folder if not given.
    :param threads: of onnxruntime; 0 takes every core.

    Raises ModelError if it is no encoder, or damaged, or what runs it is not installed.
    """
    name = spec or str(folder)
    onnx = _takes_int8(folder, runtime)
    audit_checkpoint(folder, name, onnx=onnx)
    settings = read_settings(folder)
    tokens = open_tokens(folder, name, settings)
    return TextEncoder(folder, _network(folder, name, onnx, threads), tokens, settings)


def _takes_int8(folder: Path, runtime: Runtime) -> bool:
    if runtime is not Runtime.AUTO or not (folder / INT8).is_file():
        return runtime is Runtime.ONNX
    return has("onnxruntime") or not has_weights(folder)


def _network(folder: Path, name: str, onnx: bool, threads: int) -> Network:
    if onnx:
        from nlp.hf.session import open_session

        return open_session(folder, name, threads)
    from nlp.hf.network import open_network

    return open_network(folder, name)


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1; rows of zeros stay."""
    norms: Floats = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    norms[norms == 0] = 1.0
    scaled: Floats = rows / norms[:, None]
    return scaled


def out_of_memory(error: Exception) -> bool:
    """Tell lack of memory from other faults: torch says it in a RuntimeError's words."""
    return isinstance(error, MemoryError) or any(w in str(error).lower() for w in _NO_MEMORY)


def _no_memory(tokens: int) -> ModelError:
    return ModelError(
        f"内存不够：一段 {tokens} 个词元的文字，单独一段也算不了。",
        "请关掉别的程序再运行；或用 fenban encoder export 换成更省内存的 int8。",
    )
