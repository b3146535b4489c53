"""What stands beside the article on its page: summaries, captions, promotion, offers, consents, calls by a mention.

May import schemas, body's measures and the rooms from site down.
Ask here: "Is this list of the article?" Each rule is one file, which gives elements or judges lines.
"""
