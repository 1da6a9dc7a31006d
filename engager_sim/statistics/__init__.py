"""Arithmetic that several studies share: intervals, pairing, proportions, Shapley values."""
