"""Where Polku keeps things: the database, the files beside it, the keys, the backups.

The lowest floor: it imports nothing else of polku and has no tables.
"""
