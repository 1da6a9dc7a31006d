"""Pictures of sensitivity analyses: what matters, how sure that is, and how it looks."""
