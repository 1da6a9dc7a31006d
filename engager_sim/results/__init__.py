"""Results folders: written whole, self-describing."""
