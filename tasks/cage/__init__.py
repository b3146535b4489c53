"""The cage: child processes with limits in which foreign bytes are parsed.

May import schemas.
Ask here: "What ended this parser?"
"""
