"""Journeys: the ways of people through services, and where they meet us."""
