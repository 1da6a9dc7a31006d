"""Pictures of scenarios by themselves: men, relationships, exits, agencies."""
