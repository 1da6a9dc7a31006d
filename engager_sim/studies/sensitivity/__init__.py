"""Which factors matter, which only together, and how sure that is: SALib's methods, replicated."""
