"""Polku keeps a service and its customers' journey in one linked model."""
