"""Which libraries a model was made with, for its manifest."""

from __future__ import annotations

from importlib import metadata

LIBRARIES = ("numpy", "scipy", "scikit-learn", "safetensors")


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries whose arithmetic decides a model's bytes."""
    return {name: metadata.version(name) for name in LIBRARIES}
