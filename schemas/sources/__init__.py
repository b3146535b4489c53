"""Sources and their places as declared.

May import schemas.items.
Ask here: "Which keys may a source file have?"
"""
