"""Many worlds side by side: what an outcome does as factors go through their ranges."""
