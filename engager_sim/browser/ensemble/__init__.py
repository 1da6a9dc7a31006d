"""How sure? Replicates of the worlds on the page, made beside it, and what they come to."""
