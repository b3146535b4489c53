"""Reports: the facts of a run as text, Markdown, HTML and Prometheus metrics.

May import schemas and the rooms from site down.
Ask here: "Where does this sentence on the page come from?"
"""
