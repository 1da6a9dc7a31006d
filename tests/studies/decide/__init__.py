"""A decision between options, with a budget."""
