"""What stands below printed tables."""
