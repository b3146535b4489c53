"""The hot state: pace of a domain, leases, robots.txt, shared by all processes (SQLite or PostgreSQL).

May import warehouse.database and schemas.
Ask here: "Who has the turn at this domain?"
"""
