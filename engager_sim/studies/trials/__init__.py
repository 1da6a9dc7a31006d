"""A trial run again and again in the simulated world: what it would have seen, and why."""
