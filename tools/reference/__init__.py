"""Makers of the generated pages."""
