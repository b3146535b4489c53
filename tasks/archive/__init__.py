"""The WARC archive: segments written, captures read back, other people's files read.

May import schemas, tasks.pure and tasks.web.
Ask here: "Where are the bytes of this capture?"
"""
