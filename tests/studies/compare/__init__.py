"""Paired worlds compared."""
