"""What is observed of a run."""
