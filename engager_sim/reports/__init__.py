"""One page that a commissioner can read, written from a results folder and nothing else."""
