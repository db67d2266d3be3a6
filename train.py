"""Train a model: `python train.py CORPUS… --out models/NAME` (same as `fenban train`)."""

from nlp.cli.app import run_single
from nlp.cli.train import train

if __name__ == "__main__":
    run_single(train)
