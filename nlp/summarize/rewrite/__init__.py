"""Digests in a model's own words, and the guard that keeps inventions out."""
