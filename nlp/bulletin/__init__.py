"""Yearly bulletins on the handling of proposals: read, checked and written."""
