"""From a spec to a folder on this machine: a folder, the hub's cache, the hub if allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import ModelError, UsageError
from nlp.hf.runtime import first_line

SCHEME = "hf:"
CARRIED = "e5"
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")
_FILES = ["*.json", "*.safetensors", "*.model", "*.txt"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where models may come from: this machine only, unless downloads are allowed."""

    download: bool = False


OFFLINE = Sources()


@dataclass(frozen=True, slots=True)
class Advice:
    """How an error speaks: the option that names the model, and what gets it onto the machine."""

    expected: str
    refused: str
    fetch: str


ENCODER = Advice(
    expected="应是编码器文件夹，或 hf:机构/模型名；请检查拼写。",
    refused="不加 --download 就不联网",
    fetch="请在能上网的机器上运行 fenban encoder build hf:{name} --out 文件夹 --download，"
    "把文件夹拷过来，用 --encoder hf:文件夹。",
)


def encoder_folder(spec: str, sources: Sources = OFFLINE) -> Path:
    """Return the folder of an encoder: `e5`, `hf:NAME`, `hf:FOLDER` or a folder.

    Raises ModelError if it is nowhere to be found, UsageError for `e5` with options.
    """
    if spec.partition(":")[0] != CARRIED:
        return located(spec, sources, ENCODER)
    if spec != CARRIED:
        raise UsageError(f"编码器“{spec}”看不懂：e5 后面不跟选项。", "应为 --encoder e5。")
    from nlp.hf.carrier import carried_folder

    return carried_folder()


def located(spec: str, sources: Sources, advice: Advice) -> Path:
    """Return the folder of `hf:NAME`, `hf:FOLDER` or a folder. Raises ModelError."""
    name = spec.removeprefix(SCHEME)
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return folder
    if not spec.startswith(SCHEME) or not _HUB_NAME.fullmatch(name):
        raise ModelError(f"找不到模型文件夹“{name}”。", advice.expected)
    return _from_hub(name, sources, advice)


def _from_hub(name: str, sources: Sources, advice: Advice) -> Path:
    """Take a named model from the hub's cache, or fetch it into there."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    offline = not sources.download
    try:
        return Path(snapshot_download(name, allow_patterns=_FILES, local_files_only=offline))
    except LocalEntryNotFoundError as error:
        why = advice.refused if offline else "现在又连不上 Hugging Face"
        raise ModelError(
            f"没有文件夹“{name}”，本机缓存里也没有这个模型，{why}。",
            advice.fetch.format(name=name),
        ) from error
    except (OSError, ValueError) as error:
        raise ModelError(
            f"没有文件夹“{name}”，从 Hugging Face 也取不到：{first_line(error)}。",
            "请检查名称；需要授权的模型请先运行 hf auth login。",
        ) from error
