"""Strategy, services, offerings, requirements and what they rest on."""
