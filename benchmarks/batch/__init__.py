"""Long runs of `classify.py`: throughput, memory, resuming, kill -9: `python -m benchmarks.batch`.

Every run is a command of its own, as a user starts it, on as many cores as it is given. Memory
is read from Linux's own books, so this runs on Linux only.
"""
