"""Listings: the links that a feed, a sitemap or a section page lists.

May import schemas and every room below.
Ask here: "Which links does this sitemap name?"
"""
