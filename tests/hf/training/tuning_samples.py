"""A task that a tiny BERT learns in a few steps, and a run of it."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from nlp.hf.encoder import Runtime, load_encoder
from nlp.hf.training.finetune import fine_tune
from nlp.hf.training.options import FineTuning
from nlp.hf.training.tasks import Example, Kind, Segment, Task

TASKS = (
    Task("matter", Kind.SINGLE, ("school", "road"), smoothing=0.05),
    Task("marks", Kind.MULTI, ("new", "motion"), share=0.5),
)
THINGS = (
    ("村小学", 0),
    ("幼儿园", 0),
    ("公办幼儿园", 0),
    ("断头路", 1),
    ("河道", 1),
    ("河道排污", 1),
)
SETTINGS = FineTuning(
    passes=1, batch=4, frozen=1, learning_rate=3e-3, head_learning_rate=2e-2, window=40
)
"""24 steps, and a look at the dev examples with a checkpoint after every eighth."""


def example(text, matter, new, motion):
    targets = {
        "matter": np.eye(2, dtype=np.float32)[matter],
        "marks": np.array([new, motion], np.float32),
    }
    return Example((Segment(text),), targets)


def examples(numbers):
    """Return one example for each thing, verb and ending, said twice, a number in front."""
    return [
        example(
            number + 2 * verb + 2 * thing + 2 * ending, matter, verb == "修建", ending == "提案"
        )
        for number, (thing, matter), verb, ending in product(
            numbers, THINGS, ("修建", "整治"), ("建议", "提案")
        )
    ]


TRAIN, DEV = examples("1234"), examples("8")


def mistaken(found):
    """Return examples whose labels are the opposite of right: the more is learned, the worse."""
    return [replace(x, targets={name: 1 - t for name, t in x.targets.items()}) for x in found]


class Interrupt:
    """Takes what a run says; gives up at the look at the dev examples of that number."""

    def __init__(self, look):
        self.left, self.said = look, []

    def __call__(self, text):
        self.said.append(text)
        self.left -= text.startswith("调参")
        if self.left == 0:
            raise KeyboardInterrupt


def tuned(encoder, workspace, on_step=lambda _: None, *, train=TRAIN, dev=DEV, **changes):
    """Fine-tune a fresh copy; return its heads and the encoder as it then is."""
    base = load_encoder(encoder, runtime=Runtime.TORCH)
    settings = replace(SETTINGS, **changes)
    return fine_tune(base, TASKS, train, dev, settings, workspace, on_step), base


def arrays(run):
    """Return all weights of a run's outcome by name."""
    heads, base = run
    found = {name: value.numpy() for name, value in base.network.model.state_dict().items()}
    for head in heads:
        found |= {f"{head.task.name}.weights": head.weights, f"{head.task.name}.bias": head.bias}
    return found


def differing(one, other):
    """Name the weights that are not the same bit for bit."""
    mine, theirs = arrays(one), arrays(other)
    assert mine.keys() == theirs.keys()
    return [name for name in mine if mine[name].tobytes() != theirs[name].tobytes()]


def checkpoints(folder):
    return sorted(int(p.name.rpartition("-")[2]) for p in folder.glob("checkpoint-*"))


def interrupted(encoder, folder, look, **changes):
    """Leave a run at one of its looks; what is said there is said before it is saved."""
    with pytest.raises(KeyboardInterrupt):
        tuned(encoder, folder, Interrupt(look), **changes)
