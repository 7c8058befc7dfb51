"""The two example workspaces: their content as plain data, and files to try things with."""

from polku.examples.harbour_museum import EXAMPLE as HARBOUR_MUSEUM
from polku.examples.norrvik import EXAMPLE as NORRVIK

EXAMPLES = (HARBOUR_MUSEUM, NORRVIK)

__all__ = ["EXAMPLES", "HARBOUR_MUSEUM", "NORRVIK"]
