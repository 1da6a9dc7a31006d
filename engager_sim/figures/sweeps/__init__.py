"""Pictures of sweeps: surfaces, levels, and whether the whole is more than the sum."""
