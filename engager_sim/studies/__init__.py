"""Questions turned into runs and tables."""
