"""Start-up, throughput and memory: `make bench` prints one Markdown table.

Every figure is of a whole process, as a user meets it. Rows are made of the committed
corpus only; nothing is downloaded.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FENBAN = [sys.executable, "-m", "nlp.cli.app"]
ROWS = 10_000
BODY = 300
REPLIES = 3_000
RUNS = 5


def main() -> None:
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | median | best | worst |\n|---|---|---|---|")
    report("`fenban --help`", [*FENBAN, "--help"])
    one = "关于解决山区群众吃水困难问题的建议"
    report("one text from a cold start", [sys.executable, "classify.py", "-"], stdin=one)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.jsonl"
        write_rows(source)
        for ending in ("jsonl", "xlsx"):
            out = Path(folder) / f"out.{ending}"
            command = [sys.executable, "classify.py", str(source), "--out", str(out), "--quiet"]
            report(f"{ROWS} titles with {BODY}-character bodies to {ending}", command)
        speed = report_replies(Path(folder))
    print(f"\nReplies per second: {speed:.0f} (median, start-up included)")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"Peak memory of the largest process: {peak:.0f} MB")


def write_rows(file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for row in made_rows(ROWS):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def made_rows(count: int) -> Iterator[dict[str, str]]:
    """Make proposals by pairing committed titles with committed bodies."""
    folder = ROOT / "corpora" / "proposals" / "train"
    titles = [json.loads(line)["title"] for line in (folder / "lists.jsonl").open(encoding="utf-8")]
    bodies = "".join(
        json.loads(line)["body"] for line in (folder / "proposals.jsonl").open(encoding="utf-8")
    )
    for i in range(count):
        start = (i * 37) % (len(bodies) - BODY)
        body = bodies[start : start + BODY]
        yield {"id": str(i), "title": titles[i % len(titles)], "body": body}


def report_replies(folder: Path) -> float:
    """Print the row for digests and return how many replies a second they make."""
    source = folder / "replies.jsonl"
    characters = write_replies(source)
    command = [*FENBAN, "summarize", str(source), "--out", str(folder / "d.jsonl"), "--quiet"]
    return REPLIES / report(f"{REPLIES} replies of {characters} characters to jsonl", command)


def write_replies(file: Path) -> int:
    """Write REPLIES committed replies, again and again with new ids; return their mean length."""
    source = ROOT / "corpora" / "replies" / "train.jsonl"
    rows = [json.loads(line) for line in source.open(encoding="utf-8")]
    total = 0
    with file.open("w", encoding="utf-8") as out:
        for i in range(REPLIES):
            known = rows[i % len(rows)]
            row = {"id": str(i), "title": known["proposal_title"], "reply": known["reply"]}
            total += len(row["reply"])
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return total // REPLIES


def report(name: str, command: Sequence[str], stdin: str = "") -> float:
    """Time a command RUNS times after one warm-up, print its row, return the median."""
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        done = subprocess.run(command, input=stdin.encode(), capture_output=True, cwd=ROOT)
        seconds.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"{name} failed: {done.stderr.decode()}")
    kept = seconds[1:]
    middle, best, worst = statistics.median(kept), min(kept), max(kept)
    print(f"| {name} | {middle:.2f} s | {best:.2f} s | {worst:.2f} s |", flush=True)
    return middle


if __name__ == "__main__":
    main()
