"""The commands that put single things right: records in quarantine, one page, what must be forgotten.

May import flows, tasks, schemas, and of the warehouse its lookups and its reader.
Ask here: "Which command deals with this record, this page?"
"""
