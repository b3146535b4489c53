"""Backup: copies a whole home to a folder while runs go on, and puts such a copy back.

May import what tasks.upkeep may.
Ask here: "Is this file part of a backup?"
"""
