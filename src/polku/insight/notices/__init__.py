"""News: what each person is told, when, and how it comes by mail (decision record 37)."""
