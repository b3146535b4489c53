"""The equipment that a run hands to its steps, the groups of sources, and the progress display.

May import every room of equipment.
Ask here: "What can a step use?"
"""
