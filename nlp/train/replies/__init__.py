"""Training of the digest model: what to learn from annotated replies, and fitting it."""
