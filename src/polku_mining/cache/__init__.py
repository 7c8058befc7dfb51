"""The journey cache: a log as its events lie sorted, on disk, mapped and never trusted."""
