"""Prices, what a scenario employs, and what that costs."""
