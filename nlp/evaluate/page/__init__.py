"""The HTML report of how well models route: a verdict first, then figures, then rows."""
