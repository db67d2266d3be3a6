"""Adapting a model to an office's own rows: few of them, with labels of its own."""
