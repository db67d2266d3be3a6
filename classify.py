"""Classify proposals: `python classify.py INPUT --out FILE` (same as `fenban classify`)."""

from nlp.cli.app import run_single
from nlp.cli.classify import classify

if __name__ == "__main__":
    run_single(classify)
