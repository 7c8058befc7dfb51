"""The wall: which cards and threads there are, and where each is drawn."""
