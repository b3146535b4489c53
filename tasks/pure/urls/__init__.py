"""URLs: one form for one page, the domain it belongs to, the days that its path names.

May import schemas and text.
Ask here: "Why are these two URLs one article?"
"""
