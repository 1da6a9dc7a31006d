"""Validations: what is expected, how it is measured, and how it is judged."""
