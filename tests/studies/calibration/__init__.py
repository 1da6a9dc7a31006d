"""Tests of calibrations."""
