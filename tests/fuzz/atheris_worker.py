"""Coverage-guided cases: atheris drives a target in this process until it finds a fault.

`python -m tests.fuzz.atheris_worker TARGET SEED RUNS SECONDS FOLDER`, started by `guided`.
libFuzzer writes the case that raised, crashed or hung into FOLDER and ends the process.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random


def main() -> None:
    import atheris  # type: ignore[import-not-found]

    name, seed, runs, seconds, folder = sys.argv[1:]
    with atheris.instrument_imports(include=["nlp"]):
        from tests.fuzz.targets import TARGETS

        target = TARGETS[name]
        seeds = target.seeds(int(seed))
        # what the target imports is instrumented; a seed at fault would end every run at once
        sound = [data for data in seeds if _passes(target.check, data)]
    from tests.fuzz.mutate import change

    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(sound):
        (corpus / f"{number:03}").write_bytes(data)

    def mutator(data: bytes, most: int, number: int) -> bytes:
        rng = Random(number)
        if rng.random() < 0.3:
            return atheris.Mutate(data, most)
        return change(bytes(data), rng, target.style, seeds)[:most]

    options = (
        *(f"-runs={runs}", f"-max_total_time={seconds}", f"-seed={int(seed) + 1}"),
        *("-timeout=2", "-rss_limit_mb=4096", "-max_len=262144", "-print_final_stats=1"),
        f"-artifact_prefix={folder}/",
    )
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.check, custom_mutator=mutator)
    atheris.Fuzz()


def _passes(check: object, data: bytes) -> bool:
    try:
        check(data)  # type: ignore[operator]
    except BaseException as fault:  # a panic in Rust is no Exception
        sys.stderr.write(f"{fault}\n")
        return False
    return True


if __name__ == "__main__":
    main()
