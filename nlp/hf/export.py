"""From a checkpoint to an int8 ONNX file beside it: a quarter of the size, no torch to run it."""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from nlp.errors import ModelError
from nlp.hf.audit import INT8, audit_checkpoint
from nlp.hf.network import TorchNetwork, open_network
from nlp.hf.runtime import onnx_quantisation, torch_library
from nlp.hf.session import DIMENSION, INPUTS, MADE_FROM, OUTPUT, open_session, weights_digest
from nlp.hf.settings import read_settings
from nlp.hf.tokens import open_tokens
from nlp.io.system import reason

_PURPOSE = "fenban encoder export "
_OPSET = 17
"""The oldest with layer normalisation as one step; every onnxruntime since 2022 reads it."""


def export_int8(folder: Path) -> Path:
    """Write the int8 file into a checkpoint's folder and return it.

    Raises ModelError if the folder is no encoder, an extra is missing, or the disk refuses.
    """
    spec = str(folder)
    audit_checkpoint(folder, spec)
    quantisation = onnx_quantisation(_PURPOSE)
    network = open_network(folder, spec)
    padding = open_tokens(folder, spec, read_settings(folder)).pad
    target = folder / INT8
    try:
        with tempfile.TemporaryDirectory(prefix=".export.", dir=folder) as temporary:
            exact, small = Path(temporary) / "exact.onnx", Path(temporary) / INT8
            _trace(network, padding, exact)
            _quantise(quantisation, exact, small)
            _note(small, network.dimension, weights_digest(folder, spec))
            small.chmod(0o644)
            os.replace(small, target)  # noqa: PTH105 - named so that it reads as one step
    except OSError as error:
        hint = "请检查权限、腾出空间（约为权重的两倍）。"
        raise ModelError(f"写不了“{target}”：{reason(error)}。", hint) from error
    open_session(folder, spec)  # it must be readable before anyone relies on it
    return target


def _trace(network: TorchNetwork, padding: int, file: Path) -> None:
    """Write the network as it computes; torch's newer exporter would need onnxscript."""
    torch = torch_library(_PURPOSE)
    ids = torch.zeros((2, 4), dtype=torch.int64)
    mask = torch.ones_like(ids)
    ids[1, 2:], mask[1, 2:] = padding, 0
    network.model.set_attn_implementation("eager")  # others choose their way by the sample
    sizes = {0: "pieces", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _states(torch, network.model),
            (ids, mask),
            str(file),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={name: sizes for name in (*INPUTS, OUTPUT)},
            opset_version=_OPSET,
            dynamo=False,
        )


def _states(torch: Any, model: Any) -> Any:  # noqa: ANN401
    """Return a module with the two inputs and the one output that are wanted."""

    class States(torch.nn.Module):  # type: ignore[misc]  # torch is imported late
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any, mask: Any) -> Any:  # noqa: ANN401
            return self.model(input_ids=ids, attention_mask=mask).last_hidden_state

    return States().eval()


def _quantise(library: Any, source: Path, target: Path) -> None:  # noqa: ANN401
    """Store weights as 8-bit integers, one scale a column.

    Seven bits of them are used: processors without VNNI, as offices have them, overflow with
    eight and give other vectors.
    """
    logging.disable(logging.WARNING)  # advice on pre-processing, to the root logger
    try:
        library.quantize_dynamic(
            source,
            target,
            per_channel=True,
            reduce_range=True,
            weight_type=library.QuantType.QInt8,
        )
    finally:
        logging.disable(logging.NOTSET)


def _note(file: Path, dimension: int, made_from: str) -> None:
    import onnx

    model = onnx.load(str(file))
    onnx.helper.set_model_props(model, {DIMENSION: str(dimension), MADE_FROM: made_from})
    onnx.save(model, str(file))
