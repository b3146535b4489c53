"""The body: what is taken out of the page, what trafilatura selects, what is dropped or restored afterwards.

May import schemas and the rooms from site down.
Ask here: "Which rule dropped this paragraph?"
"""
