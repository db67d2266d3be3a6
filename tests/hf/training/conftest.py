"""Runs of a tiny BERT that several files look at; copy a workspace before going on in it."""

import pytest
from tuning_samples import interrupted, tuned


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("runs") / "whole"


@pytest.fixture(scope="session")
def whole(tiny_encoder, workspace):
    """Return a run that nothing interrupted."""
    return tuned(tiny_encoder, workspace)


@pytest.fixture(scope="session")
def left(tiny_encoder, tmp_path_factory):
    """Return the workspace of a run that was left at its last look."""
    folder = tmp_path_factory.mktemp("runs") / "left"
    interrupted(tiny_encoder, folder, 3)
    return folder
