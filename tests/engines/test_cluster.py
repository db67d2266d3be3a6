"""Real Ray clusters on this machine, one of two nodes: the same bytes, whatever dies."""

from __future__ import annotations

import csv
import json
import os
import re
import socket
import sys
from pathlib import Path

import pytest

from nlp.batch.stream import files
from nlp.batch.stream.journal import Journal
from nlp.cli import app
from nlp.engines import cluster as engine
from nlp.engines.cluster import ClusterEngine, open_cluster
from nlp.engines.share import share_of
from nlp.errors import InputError, UsageError

ROWS = 1600
SUBJECTS = ("村小学教室漏雨", "青石河排污", "断头路打通", "老年食堂补贴")


@pytest.fixture(scope="module")
def cluster():
    """A head without processors and two machines with one each."""
    pytest.importorskip("ray", reason="needs the extra fenban[ray]")
    engine.quiet_library()
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "include_dashboard": False}
    made = Cluster(initialize_head=True, head_node_args=head)
    made.machines = [made.add_node(num_cpus=1) for _ in range(2)]
    yield made
    made.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One file of each kind that a data team has, and one that nobody can read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = tmp_path_factory.mktemp("in")
    with (out / "甲.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, ["编号", "标题", "正文", "备注"])
        table.writeheader()
        table.writerows(rows(0))
    lines = (json.dumps(row, ensure_ascii=False) for row in rows(1))
    (out / "乙.jsonl").write_text("\n".join(lines), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows(2)), out / "丙.parquet")
    (out / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    return out


def rows(part: int) -> list[dict[str, str]]:
    """A title in fifty is missing; numbers repeat from file to file."""
    return [
        {
            "编号": f"{n}",
            "标题": "" if n % 50 == 3 else f"关于解决第{n}组{SUBJECTS[n % 4]}问题的建议",
            "正文": f"{part}号片区的{SUBJECTS[(n + part) % 4]}问题已有{n}天，群众盼望解决。",
            "备注": "甲" * (n % 3),
        }
        for n in range(ROWS)
    ]


@pytest.fixture(scope="module")
def expected(folder, small_model, tmp_path_factory) -> dict[str, bytes]:
    """What one process writes."""
    out = tmp_path_factory.mktemp("local") / "out"
    assert fenban(folder, out, small_model, "--workers", 1) == 3
    return written(out)


def fenban(source, out, model, *options) -> int:
    words = ["fenban", "classify", source, "--out", out, "--model", model, *options]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", list(map(str, words)))
        return app.run(app.app)


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_run_takes_up_what_one_process_left(
    folder, expected, small_model, tmp_path, monkeypatch, capfd
):
    pytest.importorskip("ray", reason="needs the extra fenban[ray]")
    add = Journal.add
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add", lambda self, done: (add(self, done), stop(self, 2)))
        assert fenban(folder, tmp_path / "out", small_model, "--workers", 1) == 130
    capfd.readouterr()
    assert fenban(folder, tmp_path / "out", small_model, "--engine", "ray", "--workers", 1) == 3
    assert "上次已做完" in in_chinese(capfd)
    assert written(tmp_path / "out") == expected


def in_chinese(capfd) -> str:
    """Return what was said; Ray itself must have said nothing."""
    said = capfd.readouterr()
    assert said.out == ""
    assert all(re.search("[\u4e00-\u9fff]", line) for line in said.err.splitlines()), said.err
    return said.err


def stop(journal: Journal, chunks: int) -> None:
    if len(journal) == chunks:
        raise KeyboardInterrupt


def test_a_machine_that_dies_halfway_changes_nothing(
    cluster, folder, expected, small_model, tmp_path, monkeypatch, capfd
):
    before: list[int] = []
    after: list[int] = []
    spread = ClusterEngine.spread

    def watched(self, read, task, parts):
        assert self.share.least == 2  # one actor on each machine
        for taken in spread(self, read, task, parts):
            (after if before else []).append(1)
            yield taken
            if taken.done is not None and not before:
                # SIGKILL to the machine's Ray; its actor goes with it
                cluster.remove_node(cluster.machines[0], allow_graceful=False)
                before.append(1)

    capfd.readouterr()
    monkeypatch.setattr(engine, "BLOCK", 1)  # every chunk travels alone
    monkeypatch.setattr(files, "FEW", 0)  # files are written by the machine that is left
    monkeypatch.setattr(ClusterEngine, "spread", watched)
    options = ("--engine", "ray", "--address", cluster.address, "--workers", 2)
    assert fenban(folder, tmp_path / "out", small_model, *options) == 3
    assert "完成" in in_chinese(capfd)
    assert len(before) == 1
    assert len(after) >= 4
    assert written(tmp_path / "out") == expected


@pytest.mark.parametrize("address", ["nonsense", "ray://head:10001", "head:0", "head:99999"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(UsageError, match="--address"), open_cluster(address):
        pass


def test_a_cluster_that_is_not_there_is_told_at_once():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    address = f"127.0.0.1:{port}"
    with pytest.raises(InputError, match=f"连不上.*{address}"), open_cluster(address):
        pass


def test_without_ray_the_command_to_install_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError) as caught, open_cluster():
        pass
    assert 'pip install "fenban[ray]"' in caught.value.hint


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--address", "auto", "--out", "x.csv"), "--engine ray"),
        (("--engine", "ray"), "--out"),
    ],
)
def test_options_that_contradict_each_other_are_refused(folder, capfd, options, said, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["fenban", "classify", str(folder), *options])
    assert app.run(app.app) == 2
    assert said in capfd.readouterr().err


def test_what_a_worker_raised_is_told_in_one_line(monkeypatch):
    exceptions = pytest.importorskip("ray.exceptions", reason="needs the extra fenban[ray]")

    def fail(*_):
        raise exceptions.RayTaskError("do", "Traceback\n  …", ImportError("No module\nnlp"))

    monkeypatch.setattr(ClusterEngine, "_batches", fail)
    with pytest.raises(InputError, match="ImportError：No module nlp"):
        list(ClusterEngine(share_of(1, 0, 0, own=True, neural=False)).spread(str, None, [1]))


def test_no_telemetry(monkeypatch):
    pytest.importorskip("ray", reason="needs the extra fenban[ray]")
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    engine.quiet_library()
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
