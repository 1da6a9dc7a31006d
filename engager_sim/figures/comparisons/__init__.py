"""Pictures of worlds compared: differences, and men who go another way."""
