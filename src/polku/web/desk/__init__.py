"""Pages of the provider's people."""
