"""Fuzzing: the readers, the text rooms and the loaders against damaged input.

`python -m tests.fuzz` runs it (docs/fuzzing.md); `nasty` writes the files to begin with,
`mutate` damages them, `targets` says what is called and what must hold, `watch` runs cases
in a child process that may crash or hang.
"""
