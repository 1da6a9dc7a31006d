"""Worlds compared: the same men with the same luck under one scenario and another."""
