"""Runs: one, many in a batch, and the tables of a run."""
