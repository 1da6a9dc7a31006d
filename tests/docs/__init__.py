"""Tests of the documents and of what writes their tables."""
