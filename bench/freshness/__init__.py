"""Freshness: `python -m bench.freshness` simulates a fortnight of polls."""
