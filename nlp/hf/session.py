"""An encoder's network in onnxruntime, with 8-bit weights: small, quick, without torch.

Activations are quantised by the range of all that is computed together, so a text's vector
would change with its neighbours: pieces run one at a time, which needs no padding either.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import ModelError
from nlp.hf.audit import INT8, has_weights, weight_files
from nlp.hf.q4file import Floats
from nlp.hf.runtime import first_line, onnx_runtime
from nlp.hf.tokens import Padded
from nlp.io.hashes import file_digest

DIMENSION, MADE_FROM = "fenban_dimension", "fenban_weights"
"""What the file notes: the vectors' dimension, and which weights it was made from."""
INPUTS, OUTPUT = ("input_ids", "attention_mask"), "states"


@dataclass(frozen=True, slots=True)
class OnnxNetwork:
    """A session that gives every token a vector, one piece at a time."""

    session: Any
    dimension: int
    name: str = "onnxruntime int8"
    rows: int = 1

    def states(self, batch: Padded) -> Floats:
        """Return one vector per token: (1, tokens, dimension)."""
        given = dict(zip(INPUTS, (batch.ids, batch.mask), strict=True))
        states: Floats = self.session.run([OUTPUT], given)[0]
        return states


def open_session(folder: Path, spec: str, threads: int = 0) -> OnnxNetwork:
    """Open a folder's int8 file.

    :param threads: 0 takes every core.

    Raises ModelError if onnxruntime is missing, the file is damaged, is not of our making, or
    was made from other weights than lie beside it.
    """
    library = onnx_runtime(f"“{spec}”的 {INT8} ")
    if not (folder / INT8).is_file():
        raise ModelError(
            f"“{spec}”里没有 {INT8}。", f"请运行 fenban encoder export {folder} 做一个。"
        )
    options = library.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.log_severity_level = 3
    try:
        session = library.InferenceSession(
            str(folder / INT8), options, providers=["CPUExecutionProvider"]
        )
        notes = dict(session.get_modelmeta().custom_metadata_map)
        dimension = int(notes[DIMENSION])
    except Exception as error:  # the library's exceptions share no base of their own
        found = f"“{spec}”的 {INT8} 读不出来：{first_line(error)}。"
        raise ModelError(found, _again(folder)) from error
    _check_weights(folder, spec, notes.get(MADE_FROM, ""))
    return OnnxNetwork(session, dimension)


def weights_digest(folder: Path, spec: str) -> str:
    """Return the sha256 of a folder's safetensors files, of several joined in order."""
    return "+".join(file_digest(file) for file in weight_files(folder, spec))


def _check_weights(folder: Path, spec: str, made_from: str) -> None:
    """Compare with the weights beside it; a folder may do with the int8 file alone."""
    if not has_weights(folder):
        return
    if weights_digest(folder, spec) != made_from:
        raise ModelError(
            f"“{spec}”的 {INT8} 不是从旁边的权重做出来的，两者会给出不同的结果。", _again(folder)
        )


def _again(folder: Path) -> str:
    return f"请删去 {folder / INT8}，再运行 fenban encoder export {folder}。"
