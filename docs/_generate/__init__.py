"""Writes docs/reference from the code, and the outputs in docs/tutorial from a run.

It imports the code and nothing imports it; it is not part of the wheel. `tests/docs/` compares what it writes
with the pages, so that a page cannot fall behind the code.
"""
