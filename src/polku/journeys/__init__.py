"""Touchpoints now; journeys, stages and steps later."""
