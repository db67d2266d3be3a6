"""Labelled rows out of what people have, and what is to be said about them."""
