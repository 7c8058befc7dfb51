"""The analyses, each with its exact meaning. All are passes over sorted events."""
