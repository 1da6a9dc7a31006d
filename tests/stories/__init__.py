"""Tests of how one man's life is told."""
