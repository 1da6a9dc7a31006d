"""Pictures from tables, nothing else."""
