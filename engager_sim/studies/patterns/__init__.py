"""The patterns that the theory says must appear: when each counts as met, and whether it is."""
