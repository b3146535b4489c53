"""Tables: what they are, their migrations, copies, backups, maintenance.

May import warehouse.database and schemas.
Ask here: "How does a column get into a table?"
"""
