"""The name under which a result is kept."""

from __future__ import annotations

from benchmarks.encoders.system import Entry
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.hashes import digest, files_hash
from benchmarks.shared.packages import installed


def name_of(entry: Entry, task: Task, place: Workplace) -> str:
    """Name a result by system, task and a hash of everything that it depends on."""
    parts = {
        "system": [entry.name, entry.version, entry.about, entry.fingerprint(place)],
        "packages": {name: installed(name) for name in entry.packages},
        "task": [task.name, task.version, task.about],
        "rows": [files_hash(task.files(place)), place.sample],
    }
    return f"{task.name}-{entry.name}-{digest(parts)[:16]}"
