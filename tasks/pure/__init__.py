"""Nouns only compute: what the pipeline knows of feeds, URLs, robots, pages and dates.

May import `schemas` and parsers; never the network, the disk, the clock, a log or a framework.
"""
