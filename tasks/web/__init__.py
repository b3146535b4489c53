"""The HTTP client: bounded, guarded, one attempt at one URL.

May import schemas and tasks.pure.
Ask here: "Which limit ended this download?"
"""
