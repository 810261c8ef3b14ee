"""Benchmarks: each a command that prints a table (`./xinghai bench pages`); never a test."""
