"""Measurements and the scripts that rebuild committed artefacts; never imported by nlp."""
