"""Time: the events of a week, their order, and the engine that lets weeks pass."""
