"""Journeys as files: one row per cell out and in again, tables that people paste, drawings."""
