"""Commands for whoever watches an installation: metrics, freshness, and alerts that reach a person.

May import what `flows.cli` may. Ask here: "Who gets a message? How late is a source?"
"""
