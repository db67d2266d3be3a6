"""An encoder's network in torch."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.errors import ModelError
from nlp.hf.q4file import Floats
from nlp.hf.runtime import reading, torch_library, transformers_library
from nlp.hf.tokens import Padded

DEVICE, CPU = "FENBAN_DEVICE", "cpu"
_UNUSED = ("pooler.", "embeddings.position_ids")


@dataclass(frozen=True, slots=True)
class TorchNetwork:
    """A network that gives every token a vector; `model` is the torch module, on `device`."""

    model: Any
    device: str = CPU
    name: str = "torch"
    rows: int = 64

    @property
    def dimension(self) -> int:
        return int(self.model.config.hidden_size)

    def states(self, batch: Padded) -> Floats:
        """Return one vector per token: (pieces, tokens, dimension)."""
        torch = torch_library("编码器")
        with torch.inference_mode():
            ids, mask = torch.from_numpy(batch.ids), torch.from_numpy(batch.mask)
            given = {"input_ids": ids.to(self.device), "attention_mask": mask.to(self.device)}
            found = self.model(**given).last_hidden_state
        states: Floats = found.cpu().numpy().astype(np.float32, copy=False)
        return states


def open_network(folder: Path, spec: str) -> TorchNetwork:
    """Load a network in float32, ready to evaluate.

    Raises ModelError where the extra is not installed, the folder holds something else than an
    encoder, or weights are missing or damaged.
    """
    transformers = transformers_library(f"编码器“{spec}”")
    with reading(spec, "一个编码器"):
        model = _read(transformers, folder, spec)
    if getattr(model, "pooler", None) is not None:
        model.pooler = None  # never asked, often untrained
    device = chosen_device()
    return TorchNetwork(model.eval().to(device), device)


def chosen_device() -> str:
    """Return what FENBAN_DEVICE names, the processor if nothing; `cuda` is a graphics card.

    Raises ModelError for another word, or if torch can't use the card: whoever names it
    means it.
    """
    named = os.environ.get(DEVICE) or CPU
    if not re.fullmatch(rf"{CPU}|cuda(:\d+)?", named):
        raise ModelError(
            f"环境变量 {DEVICE} 是“{named}”。", "应是 cpu、cuda，或 cuda:0 这样带编号的。"
        )
    if named != CPU and not torch_library("编码器").cuda.is_available():
        raise ModelError(
            f"环境变量 {DEVICE} 要用显卡，这里的 torch 用不了。",
            "请装带 CUDA 的 torch，或去掉这个环境变量。",
        )
    return named


def _read(transformers: Any, folder: Path, spec: str) -> Any:  # noqa: ANN401
    """Return the model, from the folder alone, without code of its own."""
    local = {"local_files_only": True, "trust_remote_code": False}
    config = transformers.AutoConfig.from_pretrained(folder, **local)
    _check_kind(transformers, config, spec)
    wanted = {"use_safetensors": True, "dtype": "float32", "output_loading_info": True}
    model, info = transformers.AutoModel.from_pretrained(folder, config=config, **wanted, **local)
    missing = sorted(key for key in info["missing_keys"] if not key.startswith(_UNUSED))
    if missing or info.get("mismatched_keys"):
        named = missing or [str(key) for key in info["mismatched_keys"]]
        raise ModelError(
            f"“{spec}”的权重缺少 {len(named)} 项，例如 {named[0]}。",
            "请换一个训练好、带全部权重的模型。",
        )
    return model


def _check_kind(transformers: Any, config: Any, spec: str) -> None:  # noqa: ANN401
    """Refuse writers and decoders: an encoder is what a masked language model is made of."""
    encoders = transformers.MODEL_FOR_MASKED_LM_MAPPING
    writes = getattr(config, "is_encoder_decoder", False) or getattr(config, "is_decoder", False)
    if type(config) in encoders and not writes:
        return
    found = "、".join(config.architectures or ()) or config.model_type
    raise ModelError(
        f"“{spec}”是 {found}，不是编码器（BERT、RoBERTa、XLM-R 一类）。",
        "请换一个编码器，例如 e5 或 hf:BAAI/bge-small-zh-v1.5。",
    )
