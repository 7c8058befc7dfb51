"""A small server that answers a part of Polku's API: the storage under torture, nothing else."""
