"""Labelled rows: loading, validating, fingerprinting, splitting by near-duplicate group."""
