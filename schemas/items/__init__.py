"""What goes through the pipeline: link, capture, article, outcome, finding.

May import schemas.errors and schemas.settings.
Ask here: "Which fields does an article have?"
"""
