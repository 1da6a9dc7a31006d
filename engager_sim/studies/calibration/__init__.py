"""Fitting what nobody knows exactly to what studies found, with honest uncertainty."""
