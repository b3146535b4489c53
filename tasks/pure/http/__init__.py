"""HTTP: what headers, statuses, robots.txt and challenge pages mean, retries and pauses.

May import schemas, page, urls and text.
Ask here: "When is this URL tried again?"
"""
