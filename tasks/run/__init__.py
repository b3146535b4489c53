"""What one run hands to its steps: the kit and the progress.

May import every room of equipment.
Ask here: "What can a step use?"
"""
