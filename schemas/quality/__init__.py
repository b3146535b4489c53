"""What is expected of records: rules, bands, expectations.

May import schemas.items and schemas.sources.
Ask here: "Why was this record quarantined?"
"""
