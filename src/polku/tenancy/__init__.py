"""Ground floor: workspaces, parties, accounts and the base of every workspace row."""
