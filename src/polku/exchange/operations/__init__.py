"""Verbs of the exchange: take a file in, try it, save it, take it back, give everything out."""
