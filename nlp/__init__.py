"""Fenban: routes proposals to topics and units, offline."""
