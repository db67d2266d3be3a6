"""Where work on chunks is done: in this process, in several, or on a cluster."""
