"""The commands that read: they open the reader file, never the catalog, and write nothing.

May import flows, tasks, schemas, and of the warehouse its reader.
Ask here: "Which command shows me this article, this URL, these rows?"
"""
