"""Tests of the laws and of how they are tried."""
