"""The database: sessions, connections, locks, SQL files.

May import schemas.
Ask here: "Why was this connection refused?"
"""
