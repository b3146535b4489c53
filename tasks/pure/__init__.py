"""Rules: what the pipeline knows of feeds, URLs, robots.txt, pages and dates. They only compute. One room a noun.

May import `schemas` and parsers; never the network, the disk, the clock, a log or a framework.
Ask here: "Why was it decided so?"
"""
