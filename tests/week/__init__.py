"""Tests of the week, the engine and the luck of paired worlds."""
