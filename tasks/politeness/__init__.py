"""Politeness: turns of a domain, robots.txt, pauses, and the ledger that proves them.

May import schemas, tasks.pure, warehouse and tasks.web.
Ask here: "Why does this host wait?"
"""
