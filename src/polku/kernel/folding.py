"""One spelling for comparison; see :mod:`polku.tenancy.folding`."""

from polku.tenancy.folding import fold as fold

__all__ = ["fold"]
