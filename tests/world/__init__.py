"""Tests of who is there and of how chance works."""
