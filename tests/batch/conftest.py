"""What the shipped models say of the demo files."""

from __future__ import annotations

from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "corpora" / "demo"


@pytest.fixture(scope="session")
def demo_suggestions():
    import nlp
    from nlp.io.read import read_proposals

    return list(nlp.load().classify(read_proposals(DEMO / "proposals.xlsx").items))


@pytest.fixture(scope="session")
def demo_digests():
    from nlp.io.read import read_replies
    from nlp.shipped import shipped
    from nlp.summarize.files import load_digester

    digester = load_digester(shipped("models") / "replies")
    return list(digester.summarize(read_replies(DEMO / "replies.csv").items))
