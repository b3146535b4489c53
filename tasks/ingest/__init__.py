"""The steps of an ingest, one a file: discover, fetch, extract, validate, load, publish, revisit.

May import tasks.run, the equipment, tasks.pure, warehouse and schemas; no other room of steps.
Ask here: "What happens to a link?"
"""
