"""Outcomes: what is observed, and how values are written."""
