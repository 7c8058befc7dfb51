"""Pages before the frame: the door, the first run, the language."""
