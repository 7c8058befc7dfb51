"""What leaves: tables of a workspace or of one list, in our layout or in that of a file before.

Reads only; :mod:`polku.exchange.operations.exports` writes the files and notes who took them.
"""
