"""Commands about this installation itself: its settings, its first files, and backups of its home.

May import what `flows.cli` may. Ask here: "Where does this setting come from?"
"""
