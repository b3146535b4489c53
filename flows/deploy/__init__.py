"""Deployment: registering with a Prefect server, serving.

May import what flows may.
Ask here: "Where do schedules come from?"
"""
