"""Shipped data is found in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from nlp import shipped as module
from nlp.errors import InputError
from nlp.shipped import shipped


def _install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "site-packages" / "nlp"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(package / "shipped.py"))
    return package


def test_checkout():
    root = Path(module.__file__).resolve().parent.parent
    assert shipped("topics.yaml") == root / "corpora" / "topics.yaml"
    assert shipped("places") == root / "corpora" / "places"
    assert shipped("functions") == root / "corpora" / "functions"
    assert shipped("models") == root / "models"


def test_wheel(tmp_path, monkeypatch):
    inside = _install(tmp_path, monkeypatch) / "_shipped" / "places"
    inside.mkdir(parents=True)
    assert shipped("places") == inside


def test_a_foreign_corpora_folder_beside_a_wheel_is_passed_over(tmp_path, monkeypatch):
    package = _install(tmp_path, monkeypatch)
    (package.parent / "corpora").mkdir()
    (package / "_shipped" / "places").mkdir(parents=True)
    assert shipped("places") == package / "_shipped" / "places"


def test_broken_installation(tmp_path, monkeypatch):
    _install(tmp_path, monkeypatch)
    with pytest.raises(InputError, match="places") as caught:
        shipped("places")
    assert "重新安装" in caught.value.hint
