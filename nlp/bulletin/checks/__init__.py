"""Rules that check a bulletin's arithmetic, one file a kind of fault."""
