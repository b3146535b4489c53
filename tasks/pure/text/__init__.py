"""Text: cleaning, escaping, encodings, languages, fingerprints.

May import schemas.
Ask here: "Why did this character vanish?"
"""
