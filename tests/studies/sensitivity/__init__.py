"""Sensitivity analysis."""
