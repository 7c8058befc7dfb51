"""The callers of the compiled passes: ranges of cases, room for answers, threads."""
