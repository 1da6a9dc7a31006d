"""Tests of the screen of uncertain parameters."""
