"""Commands about this installation itself: its settings, and its first files.

May import what `flows.cli` may. Ask here: "Where does this setting come from?"
"""
