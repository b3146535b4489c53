"""Labels: the phrases by which walls, teasers, live blogs and error pages are known, as data that translators edit.

May import schemas and the rooms below articles. Reads the files of `phrases/`, which are part of the package.
Ask here: "By which words is a page told to be no whole article?"
"""
