"""An encoder's network in torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.errors import ModelError
from nlp.hf.q4file import Floats
from nlp.hf.runtime import reading, torch_library, transformers_library
from nlp.hf.tokens import Padded

_UNUSED = ("pooler.", "embeddings.position_ids")


@dataclass(frozen=True, slots=True)
class TorchNetwork:
    """A network that gives every token a vector; `model` is the torch module."""

    model: Any
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
            found = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        states: Floats = found.numpy().astype(np.float32, copy=False)
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
    return TorchNetwork(model.eval())


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
