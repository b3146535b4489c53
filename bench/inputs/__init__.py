"""What the benches are run on: pages, feeds, texts and files, all written by us.

May import everything below. Ask here: "What does a page of this bench look like?"
"""
