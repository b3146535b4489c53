"""Runs and what commands report: batch, run, plan, replay, status.

May import every other room of schemas.
Ask here: "What is in a run's row?"
"""
