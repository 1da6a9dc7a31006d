"""Patterns that the programme theory and the published studies say must appear, as statistics.

Every test fixes its seed and states its tolerance: a difference counts only where it is at least
``CLEAR`` standard errors, across paired replicates, away from nothing.
"""
