"""Work in several processes: whole whatever becomes of them, and gone with their parent."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engine_samples import Answer, Failing, Killed, Plain, Waiting

from nlp.engines.local import AHEAD, FEW, LocalEngine, cores
from nlp.engines.opened import Opened
from nlp.errors import DataError, InputError, UsageError

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PIECES = range(12)


def done(task, pieces=PIECES, workers=2) -> list[Answer]:
    return list(LocalEngine(workers).map(task, pieces))


def until(holds: Callable[[], bool]) -> bool:
    """Wait for something that takes a moment; a minute is for a busy machine."""
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.1)
    return False


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_all_pieces_are_done_once_elsewhere_and_few_are_read_ahead():
    read: list[int] = []
    ahead: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(40):
            read.append(piece)
            yield piece

    found = []
    for each in LocalEngine(2).map(Plain(), pieces()):
        found.append(each)
        ahead.append(len(read) - len(found))
    assert sorted(each.piece for each in found) == list(range(40))
    assert os.getpid() not in {each.process for each in found}
    assert max(ahead) <= 2 * (1 + AHEAD)


@pytest.mark.parametrize(("count", "workers"), [(0, 2), (FEW - 1, 2), (12, 1)])
def test_few_pieces_or_one_worker_stay_here_in_order(count, workers):
    found = done(Plain(), range(count), workers)
    assert [each.piece for each in found] == list(range(count))
    assert {each.process for each in found} <= {os.getpid()}


def test_a_loaded_task_is_not_loaded_again_here_and_travels_as_its_description():
    loaded = Opened(Failing(None), lambda piece: Answer(piece, 0))
    assert [each.process for each in done(loaded, range(2))] == [0, 0]
    assert pickle.loads(pickle.dumps(loaded)) == Failing(None)


def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost_or_doubled(tmp_path):
    found = done(Killed(5, tmp_path / "once"))
    assert (tmp_path / "once").exists()
    assert sorted(each.piece for each in found) == list(PIECES)


def test_a_piece_that_always_kills_ends_the_run_though_others_are_done(tmp_path):
    found = []
    with pytest.raises(InputError) as caught:
        for each in LocalEngine(2).map(Killed(1, tmp_path / "x", always=True), range(10_000)):
            found.append(each.piece)
    assert "被系统结束" in caught.value.message
    assert "--workers 1" in caught.value.hint
    assert len(found) == len(set(found)) < 10_000
    assert 1 not in found


def test_what_the_work_raises_passes_through():
    with pytest.raises(UsageError) as caught:
        done(Failing(4))
    assert (caught.value.message, caught.value.hint) == ("值不对。", "请改。")


def test_what_opening_raises_passes_through():
    with pytest.raises(DataError) as caught:
        done(Failing(None))
    assert (caught.value.file, len(caught.value.faults)) == ("县.yaml", 2)
    assert str(caught.value) == "县.yaml 有 2 处错误：第3行：缺 name；第5行：缺 units。 请改正。"


def test_who_breaks_off_does_not_wait_for_what_is_under_way(tmp_path):
    running = LocalEngine(2).map(Waiting(tmp_path), range(10))
    assert next(running).piece == 0
    assert until(lambda: len(list(tmp_path.glob("begun-*"))) == 2)
    processes = [int(path.name.removeprefix("begun-")) for path in tmp_path.glob("begun-*")]
    running.close()
    assert not any(map(alive, processes))
    assert not list(tmp_path.glob("ended-*"))


PARENT = """
import sys
from pathlib import Path
from engine_samples import Waiting
from nlp.engines.local import LocalEngine

if __name__ == "__main__":
    list(LocalEngine(2).map(Waiting(Path(sys.argv[1])), range(10)))
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}:{HERE}"}
    parent = subprocess.Popen([sys.executable, script, tmp_path], env=paths)
    try:
        assert until(lambda: len(list(tmp_path.glob("begun-*"))) == 2)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    processes = [int(path.name.removeprefix("begun-")) for path in tmp_path.glob("begun-*")]
    assert until(lambda: not any(map(alive, processes)))
    assert not list(tmp_path.glob("ended-*"))


def test_cores_are_those_that_this_process_may_use():
    assert 1 <= cores() <= (os.cpu_count() or 1)
