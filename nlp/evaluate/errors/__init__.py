"""Where a model errs, and where the gold or the training corpus is to blame."""
