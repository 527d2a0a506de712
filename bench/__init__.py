"""Benchmarks: seeded sites, and commands that measure builds of them."""
