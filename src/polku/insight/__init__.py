"""Reads everything, owns nothing: loose ends, numbers of the portfolio, what to do next."""
