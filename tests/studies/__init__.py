"""Tests of scenario files, own data and the studies made with them."""
