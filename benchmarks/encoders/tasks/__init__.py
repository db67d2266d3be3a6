"""The questions, in the order in which each system is asked; one file each."""

from __future__ import annotations

from benchmarks.encoders.task import Task
from benchmarks.encoders.tasks import messages, provincial, speed, titles

TASKS: tuple[Task, ...] = (titles.TASK, speed.TASK, messages.TASK, provincial.TASK)
