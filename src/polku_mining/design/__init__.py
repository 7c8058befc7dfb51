"""Designed journeys as data, and how far real paths are from them."""
