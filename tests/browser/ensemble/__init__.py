"""Replicates beside the page: what they come to, and that they never block it."""
