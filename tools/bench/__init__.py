"""How fast Polku is on this machine, beside the limits it must keep."""
