"""Spreadsheets in and out.

The layer below the models, in the order of the work: ``reading`` opens a file, ``headers`` guesses
what its columns mean, ``mapping`` holds the answer, ``values`` reads the cells, ``identity`` finds
rows that stand for the same thing, ``writing`` gives everything back.
"""
