"""A second telling of the week, from the document alone, held against the engine."""
