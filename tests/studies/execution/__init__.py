"""Blocks, executors and stores."""
