"""Tests of trials that are run again and again."""
