"""What a service employs, and what that costs whoever pays for it."""
