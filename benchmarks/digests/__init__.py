"""Ways to digest replies beside this project's: `python -m benchmarks.digests`.

Every system gets the same letters and the same limit of characters, and is held against the
same labels by the measures of `fenban evaluate --task replies`.
"""
