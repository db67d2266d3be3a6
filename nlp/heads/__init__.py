"""Heads over encoded text, and how their scores become probabilities."""
