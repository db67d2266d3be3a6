"""A reply letter taken apart: its parts, its clauses, its enumerated measures."""
