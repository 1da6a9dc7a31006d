"""Scenario files: read, checked, written; own men, own network; and the presets."""
