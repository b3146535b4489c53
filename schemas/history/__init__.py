"""What is known of earlier runs: URLs, identities, events, timelines.

May import schemas.items and schemas.sources.
Ask here: "What makes two pages one article?"
"""
