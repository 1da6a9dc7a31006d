"""Arithmetic that several studies share: intervals, pairing, Shapley values, decisions."""
