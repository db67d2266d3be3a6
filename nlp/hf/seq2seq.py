"""Models that read a text and write one, such as summarisers (sequence to sequence)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import ModelError
from nlp.hf.audit import audit_checkpoint
from nlp.hf.locate import Advice, Sources, located
from nlp.hf.runtime import reading, transformers_library
from nlp.text.split import sentences

_ADVICE = Advice(
    expected="应是 transformers 模型的文件夹，或 hf:机构/模型名；请检查 --model 的拼写。",
    refused="现在又要求离线",
    fetch="请在能上网的机器上运行 hf download {name} --local-dir 文件夹，"
    "拷过来后用 --model hf:文件夹。",
)
_SAMPLE = "经现场核查，城关镇已于2025年9月18日修复路灯36盏，投资12.5万元；下一步将加强巡查。"
_ENDS = "。！？；!?;"
_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_WINDOW = 1024
_BATCH = 8
_BEAMS = 4


@dataclass(frozen=True, slots=True)
class Seq2Seq:
    """A sequence-to-sequence model; `window` is how many tokens it reads and writes at most."""

    model: Any
    tokenizer: Any
    window: int
    prefix: str
    tokens_per_char: float

    def generate(self, texts: Sequence[str], max_chars: int) -> list[str]:
        """Write one text of about `max_chars` characters for each, in order.

        Beam search without chance; a text gets the same words alone as among others. A text
        beyond the window is cut at sentence ends, its parts are written for one by one, and
        the results, joined, once more: nothing is left unread. What the limit cuts off in
        mid-sentence is dropped back to the last full clause. Blank texts give "".
        """
        parts = [self._parts(text) for text in texts]
        flat = self._in_batches([part for some in parts for part in some], max_chars)
        written, at = [], 0
        for some in parts:
            written.append("".join(flat[at : at + len(some)]))
            at += len(some)
        again = [i for i, some in enumerate(parts) if len(some) > 1]
        again = [i for i in again if len(written[i]) < len(texts[i])]
        if again:
            shorter = self.generate([written[i] for i in again], max_chars)
            for i, text in zip(again, shorter, strict=True):
                written[i] = text
        return written

    def _parts(self, text: str) -> list[str]:
        """Halve a text, at a sentence end if there is one, until each part fits the window."""
        if not text.strip():
            return []
        if self._size(text) <= self.window or len(text) == 1:
            return [text]
        ends = [span.end for span in sentences(text)][:-1] or [len(text) // 2]
        middle = min(ends, key=lambda end: abs(end - len(text) / 2))
        return [*self._parts(text[:middle]), *self._parts(text[middle:])]

    def _size(self, text: str) -> int:
        return len(self.tokenizer(self.prefix + text)["input_ids"])

    def _in_batches(self, texts: Sequence[str], max_chars: int) -> list[str]:
        """Work through texts of like length together, so that little is padding."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        written = [""] * len(texts)
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            made = self._write([texts[i] for i in chosen], max_chars)
            for i, text in zip(chosen, made, strict=True):
                written[i] = text
        return written

    def _write(self, texts: Sequence[str], max_chars: int) -> list[str]:
        import torch

        room = min(math.ceil(1.25 * max_chars * self.tokens_per_char) + 8, self.window - 1)
        encoded = self.tokenizer(
            [self.prefix + text for text in texts], padding=True, return_tensors="pt"
        )
        with torch.inference_mode():
            rows = self.model.generate(
                input_ids=encoded["input_ids"],
                attention_mask=encoded["attention_mask"],
                max_new_tokens=room,
                min_length=0,
                num_beams=_BEAMS,
                num_return_sequences=1,
                do_sample=False,
                early_stopping=True,
            )
        return [self._decoded(row, room) for row in rows.tolist()]

    def _decoded(self, row: list[int], room: int) -> str:
        """Return a row as text; one without an end before the last place is cut back."""
        text: str = self.tokenizer.decode(row, skip_special_tokens=True)
        text = _GAP.sub("", text)
        ends = self.model.generation_config.eos_token_id
        ended = set(row[1:room]) & set(ends if isinstance(ends, list) else [ends])
        return text if ended else text[: max(map(text.rfind, _ENDS)) + 1]


def load_seq2seq(spec: str, *, offline: bool = False) -> Seq2Seq:
    """Load `hf:NAME`, `hf:FOLDER` or a folder.

    :param offline: take a named model from the cache only.

    Raises ModelError where the extra is not installed, the folder or name is not found, it
    is no sequence-to-sequence model, or its files are damaged or not safetensors.
    """
    transformers = transformers_library("--method abstractive ")
    folder = located(spec, Sources(download=not offline), _ADVICE)
    audit_checkpoint(folder, spec)
    with reading(spec, "一个模型"):
        config, model, tokenizer = _read(transformers, folder, spec)
    per_char = len(tokenizer(_SAMPLE, add_special_tokens=False)["input_ids"]) / len(_SAMPLE)
    window = _window(config, tokenizer)
    return Seq2Seq(model.eval(), tokenizer, window, _prefix(config), max(per_char, 0.5))


def _read(transformers: Any, folder: Path, spec: str) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """Return config, model and tokenizer, from the folder alone."""
    local = {"local_files_only": True, "trust_remote_code": False}
    config = transformers.AutoConfig.from_pretrained(folder, **local)
    _check_kind(transformers, config, spec)
    wanted = {"use_safetensors": True, "dtype": "float32", "output_loading_info": True}
    model, info = transformers.AutoModelForSeq2SeqLM.from_pretrained(
        folder, config=config, **wanted, **local
    )
    if missing := sorted(info["missing_keys"]):
        raise ModelError(
            f"“{spec}”的权重缺少 {len(missing)} 项，例如 {missing[0]}。",
            "请换一个训练好、带全部权重的模型。",
        )
    return config, model, transformers.AutoTokenizer.from_pretrained(folder, **local)


def _check_kind(transformers: Any, config: Any, spec: str) -> None:  # noqa: ANN401
    """Refuse decoders, encoders and classifiers, also those built on an encoder-decoder."""
    writers = transformers.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING
    known = type(config) in writers and config.is_encoder_decoder
    named = [n for n in config.architectures or () if "For" in n]
    if not known or (named and writers[type(config)].__name__ not in named):
        found = "、".join(config.architectures or ()) or config.model_type
        raise ModelError(
            f"“{spec}”是 {found}，不是“读一段、写一段”的模型（seq2seq）。",
            "请换 BART、T5、mT5、Pegasus 一类的摘要模型；"
            "大语言模型请在本机启动服务后用 --endpoint http://127.0.0.1:8000。",
        )


def _window(config: Any, tokenizer: Any) -> int:  # noqa: ANN401
    """Return the smallest limit that is stated; some state none, others 10^30."""
    names = ("max_position_embeddings", "n_positions", "max_source_positions")
    parts = (config, getattr(config, "encoder", None), getattr(config, "decoder", None))
    stated = [getattr(part, name, None) for part in parts for name in names]
    limits = [n for n in (*stated, tokenizer.model_max_length) if isinstance(n, int) and n > 1]
    return min([n for n in limits if n < 10**6], default=_WINDOW)


def _prefix(config: Any) -> str:  # noqa: ANN401
    """Return what T5 models want before a text to summarise; "" for others."""
    tasks = getattr(config, "task_specific_params", None) or {}
    return str((tasks.get("summarization") or {}).get("prefix") or "")
