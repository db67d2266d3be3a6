"""How an encoder's vectors are made: pooling, prefix, window, as its folder states them.

Our own folders have `pooling.json`. Folders of sentence-transformers say the same in
`1_Pooling/config.json`, `sentence_bert_config.json` and `modules.json`; where nothing is said,
the mean of all tokens is what most encoders were trained for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlp.errors import ModelError

FILE = "pooling.json"
POOLINGS = ("mean", "cls")
_KNOWN_MODULES = ("Transformer", "Pooling", "Normalize")
_WINDOW = 512
_OFFSET_POSITIONS = ("roberta", "camembert", "mpnet", "luke", "longformer", "xmod", "data2vec")
_HINT = "请换一个编码器，例如 --encoder e5 或 hf:BAAI/bge-small-zh-v1.5。"


@dataclass(frozen=True, slots=True)
class Settings:
    """`window` is how many tokens the network reads at most, special ones included."""

    pooling: str = "mean"
    prefix: str = ""
    window: int = _WINDOW


def read_settings(folder: Path) -> Settings:
    """Read a folder's settings. Raises ModelError for a pooling that is not known here."""
    own = decoded(folder, FILE)
    if own:
        found = own.get("pooling"), own.get("prefix"), own.get("window")
        settings = Settings(*found)  # type: ignore[arg-type]  # checked in the next line
        return _checked(settings, folder / FILE)
    _check_modules(folder)
    prompts = decoded(folder, "config_sentence_transformers.json")
    prefix = (prompts.get("prompts") or {}).get(prompts.get("default_prompt_name")) or ""
    return _checked(Settings(_pooling(folder), prefix, _window(folder)), folder)


def write_settings(settings: Settings, folder: Path) -> None:
    text = json.dumps(asdict(settings), ensure_ascii=False)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def decoded(folder: Path, name: str) -> Mapping[str, Any]:
    """Return a JSON object of a folder, {} if there is no such file. Raises ModelError."""
    if not (folder / name).is_file():
        return {}
    try:
        content = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(folder / name, "不是完整的 JSON") from error
    if not isinstance(content, dict):
        raise _damaged(folder / name, "应是 {…} 形式的 JSON")
    return content


def _checked(settings: Settings, source: Path) -> Settings:
    if settings.pooling not in POOLINGS:
        found = f"{source} 的汇总方式是“{settings.pooling}”，本程序会的是 mean 和 cls。"
        raise ModelError(found, _HINT)
    if not isinstance(settings.prefix, str):
        raise _damaged(source, "prefix 应是文字")
    if type(settings.window) is not int or settings.window < 8:
        raise _damaged(source, f"window 是 {settings.window!r}，应是不小于 8 的整数")
    return settings


def _check_modules(folder: Path) -> None:
    """Refuse folders whose vectors pass through more than pooling, such as a dense layer."""
    if not (folder / "modules.json").is_file():
        return
    try:
        listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in listed]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _damaged(folder / "modules.json", "不是模块清单") from error
    if strange := [kind for kind in kinds if kind not in _KNOWN_MODULES]:
        found = f"{folder} 除了汇总还有“{strange[0]}”一层，本程序不会算。"
        raise ModelError(found, _HINT)


def _pooling(folder: Path) -> str:
    stated = decoded(folder, "1_Pooling/config.json")
    modes = [key for key, on in stated.items() if key.startswith("pooling_mode_") and on is True]
    names = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    if not modes and isinstance(stated.get("pooling_mode"), str):
        return str(stated["pooling_mode"])
    return "+".join(names.get(mode, mode) for mode in modes) or "mean"


def _window(folder: Path) -> int:
    """Return the smallest limit that is stated; some state none, others 10^30."""
    config = decoded(folder, "config.json")
    positions = config.get("max_position_embeddings")
    if isinstance(positions, int) and any(
        name in str(config.get("model_type", "")) for name in _OFFSET_POSITIONS
    ):
        pad = config.get("pad_token_id")
        positions -= (pad if isinstance(pad, int) else 1) + 1  # they count from the padding on
    stated = (
        positions,
        decoded(folder, "sentence_bert_config.json").get("max_seq_length"),
        decoded(folder, "tokenizer_config.json").get("model_max_length"),
    )
    limits = [n for n in stated if isinstance(n, int) and 1 < n < 10**6]
    return min(limits, default=_WINDOW)


def _damaged(file: Path, found: str) -> ModelError:
    return ModelError(f"编码器的 {file} 读不出来：{found}。", "请重新下载或重新复制这个编码器。")
