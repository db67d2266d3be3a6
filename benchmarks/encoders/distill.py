"""Distil a checkpoint into static token vectors; run by `environment.run_apart`, never imported.

It runs where neither this package nor `nlp` can be imported.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path


def main(checkpoint: str, folder: str) -> None:
    start = time.perf_counter()
    static = import_module("model2vec.distill").distill(checkpoint)
    static.save_pretrained(folder)
    seconds = {"seconds": round(time.perf_counter() - start, 1)}
    (Path(folder) / "done.json").write_text(json.dumps(seconds) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
