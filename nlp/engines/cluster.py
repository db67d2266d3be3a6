"""A Ray cluster: parts of an input are read and worked on wherever there is room.

The only file that names Ray, which is imported when a cluster is opened. The pipeline is Ray
Data's: a row for every part of the input, a generator that reads it, actors that hold the model.
Workers that die are replaced by Ray and what they had is done again; a piece may then be done
twice, so results must go by a key.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.engines.address import absent, check_address
from nlp.engines.local import cores
from nlp.engines.remote import Actor, brought_back, done_far_away, read_parts, unpacked
from nlp.engines.share import Share, share_of
from nlp.engines.task import Done, Step, Taken, Task, Work
from nlp.errors import FenbanError, InputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

INSTALL = 'pip install "fenban[ray]"'
BLOCK = 1 << 19
"""Bytes of pieces that travel together, about a chunk: the next free actor takes the next."""
IN_FLIGHT = 2
"""Blocks that an actor has, so that it never waits for one, and few wait at the end."""
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # no telemetry
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_worker_niceness": "0",  # as the processes of the local engine; Ray's own default is 15
}


@dataclass(frozen=True, slots=True)
class ClusterEngine:
    """An open connection to a cluster, and what may be taken of it."""

    share: Share

    def spread(
        self,
        read: Callable[[Any], Iterable[Step[Work]]],
        task: Task[Work, Done],
        parts: Sequence[object],
    ) -> Iterator[Taken[Done]]:
        """Read all parts, do the work they hold and yield what came of it, in any order.

        `read`, `task` and all they yield must be picklable, and `read` must yield the same
        each time. Raises what they raise, and InputError if the cluster fails.
        """
        from ray.exceptions import RayError

        try:
            for batch in self._batches(read, task, parts):
                yield from unpacked(batch)
        except RayError as fault:
            raise _failed(fault) from fault

    def map(self, task: Task[Work, Done], pieces: Iterable[Work]) -> Iterator[Done]:
        """Do pieces of work that this process has, each with a task opened for it.

        Few of them wait; they come back in any order. Raises as `spread` does.
        """
        import ray
        from ray.exceptions import RayError

        do = ray.remote(num_cpus=self.share.cpus, max_retries=-1)(done_far_away)
        job = ray.put(pickle.dumps((os.getcwd(), task)))  # noqa: PTH109
        under_way: list[Any] = []
        stream = iter(pieces)
        try:
            while True:
                more = islice(stream, self._room() - len(under_way))
                under_way += [do.remote(job, pickle.dumps(piece)) for piece in more]
                if not under_way:
                    return
                done, under_way = ray.wait(under_way)
                yield brought_back(ray.get(done[0]))
        except RayError as fault:
            raise _failed(fault) from fault

    def _room(self) -> int:
        """Return how many pieces are under way at once, so that no machine waits for them."""
        import ray

        return IN_FLIGHT * max(1, self.share.most or int(ray.cluster_resources().get("CPU", 1)))

    def _batches(
        self, read: Callable[[Any], Iterable[Step[Work]]], task: object, parts: Sequence[object]
    ) -> Iterable[pa.Table]:
        import pyarrow as pa
        from ray.data import ActorPoolStrategy, DataContext, TaskPoolStrategy, from_arrow

        share, here = self.share, os.getcwd()  # noqa: PTH109 - a word for other machines
        whole: dict[str, Any] = {"batch_size": None, "batch_format": "pyarrow"}
        context = DataContext.get_current().copy()
        context.target_max_block_size = BLOCK
        context.enable_progress_bars = False
        pool = ActorPoolStrategy(
            min_size=share.least, max_size=share.most, max_tasks_in_flight_per_actor=IN_FLIGHT
        )
        with DataContext.current(context):
            rows = from_arrow([pa.table({"part": [pickle.dumps(part)]}) for part in parts])
            pieces = rows.map_batches(
                read_parts,
                fn_args=(pickle.dumps((here, read)),),
                compute=TaskPoolStrategy(size=share.readers),
                num_cpus=share.reader_cpus,
                **whole,
            )
            done = pieces.map_batches(
                Actor,
                fn_constructor_args=(pickle.dumps((here, task)), share.gpus > 0),
                compute=pool,
                num_cpus=share.cpus,
                num_gpus=share.gpus,
                **whole,
            )
            found: Iterable[pa.Table] = done.iter_batches(**whole)
        return found


@contextmanager
def open_cluster(
    address: str = "", workers: int = 0, *, neural: bool = False
) -> Iterator[ClusterEngine]:
    """Connect for as long as the context lasts; "" starts a cluster of this machine's cores.

    :param address: `auto` or `HOST:PORT` of a cluster that runs.
    :param workers: processes with a model, at most; 0 for as many as there is room for.
    :param neural: a graphics card would run the model.

    Raises UsageError without Ray or for an impossible address, InputError if no cluster is
    there.
    """
    if address:
        check_address(address)
    ray = quiet_library()
    with ExitStack() as stack:
        # where a machine dies, Ray prints paragraphs; they stand in its logs too
        if not _talkative():
            stack.enter_context(warnings.catch_warnings())
            warnings.filterwarnings("ignore", module=r"ray\.")
            nowhere = stack.enter_context(Path(os.devnull).open("w"))
            stack.enter_context(redirect_stdout(nowhere))
        started = not ray.is_initialized()  # a program that uses Ray has its own cluster open
        if started:
            _start(ray, address, workers)
            stack.callback(ray.shutdown)
        has, own = ray.cluster_resources(), started and not address
        cpus, gpus = has.get("CPU", 0), has.get("GPU", 0)
        yield ClusterEngine(share_of(cpus, gpus, workers, own=own, neural=neural))


def quiet_library() -> Any:  # noqa: ANN401 - the library's module
    """Import Ray, quiet and without telemetry."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        import ray.data
    except ImportError as fault:
        raise UsageError(
            "--engine ray 需要 Ray，这里没有装。",
            f"请先运行 {INSTALL}，或去掉 --engine ray，用本机各核。",
        ) from fault
    if not _talkative():
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    return ray


def _start(ray: Any, address: str, workers: int) -> None:  # noqa: ANN401
    from ray.exceptions import RayError

    level = logging.INFO if _talkative() else logging.CRITICAL
    quiet = {"log_to_driver": _talkative(), "logging_level": level}
    try:
        with _silence():
            if address:
                ray.init(address, **quiet)
            else:
                ray.init("local", num_cpus=workers or cores(), include_dashboard=False, **quiet)
    except ConnectionError as fault:
        raise absent(address) from fault
    except (RayError, RuntimeError) as fault:  # other versions, no right to connect
        raise InputError(
            f"Ray 集群用不了：{_said(fault)}。", "各台机器的 Python 和 ray 要是同一个版本。"
        ) from fault


def _talkative() -> bool:
    return bool(os.environ.get("FENBAN_DEBUG"))


@contextmanager
def _silence() -> Iterator[None]:
    """Send away what Ray's own library, which is not Python, writes to stderr."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _failed(fault: Exception) -> FenbanError:
    cause = getattr(fault, "cause", None) or fault  # what a worker raised, if one did
    return InputError(
        f"Ray 集群没能做完（{type(cause).__name__}：{_said(cause)}）。",
        "请看集群各台机器是否都在、都装了同一版本的分办，再运行同一条命令；做完的都存着。",
    )


def _said(fault: Exception) -> str:
    """Return what Ray says, as much of it as fits into a sentence."""
    return " ".join(str(fault).split())[:200]
