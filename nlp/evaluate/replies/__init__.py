"""Evaluation of digests: baselines, figures, tables and the report."""
