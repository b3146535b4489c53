"""Mentions: names, places, organisations and quantities of a text, told by rules on its words and by lists.

May import schemas and the room stories.
Ask here: "Why is this word a place?"
"""
