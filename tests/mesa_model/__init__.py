"""Tests of the Mesa model."""
