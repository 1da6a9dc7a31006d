"""Pictures of this kind of study, drawn from its tables."""
