"""API v1: thin routers over the registry."""
