"""Encoders as folders: copied into a model directory, or made to be carried elsewhere."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from nlp.errors import UsageError
from nlp.hf.audit import INDEX, INT8, WEIGHTS, audit_checkpoint, has_weights, weight_files
from nlp.hf.folders import write_folder
from nlp.hf.locate import Sources, encoder_folder
from nlp.hf.settings import read_settings, write_settings
from nlp.hf.tokens import open_tokens, write_tokenizer


def copy_encoder(source: Path, target: Path) -> None:
    """Copy what loading needs from one folder into another, the settings spelled out.

    Raises ModelError if the source is not whole.
    """
    audit_checkpoint(source, str(source), onnx=True)
    files = [source / name for name in ("config.json", INT8) if (source / name).is_file()]
    if has_weights(source):
        files += weight_files(source, str(source))
        files += [source / INDEX] if not (source / WEIGHTS).is_file() else []
    for file in files:
        shutil.copyfile(file, target / file.name)  # follows the links of the hub's cache
    write_tokenizer(source, target)
    write_settings(read_settings(source), target)


def build_encoder(spec: str, out: Path, sources: Sources, *, prefix: str | None = None) -> Path:
    """Make a folder of its own of a spec, to be copied to where it is needed.

    :param prefix: what to put before every text, if the model's own folder does not say.

    Raises ModelError if the spec is not found or not whole, UsageError if `out` is taken.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"“{out}”已经有内容，不去覆盖它。", "请用 --out 另指一个位置。")
    source = encoder_folder(spec, sources)
    audit_checkpoint(source, spec, onnx=True)
    settings = read_settings(source)
    settings = settings if prefix is None else replace(settings, prefix=prefix)
    open_tokens(source, spec, settings)

    def fill(folder: Path) -> None:
        copy_encoder(source, folder)
        write_settings(settings, folder)

    write_folder(out, fill, "请腾出空间，或用 --out 另指一个位置。")
    return out
