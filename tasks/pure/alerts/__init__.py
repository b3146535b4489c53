"""Alerts: the file of routes, which incidents a route tells of, when, and in which words.

May import schemas and tasks.pure.text.
Ask here: "Why did this finding send no message?"
"""
