"""Factors, settings, outcomes and designs."""
