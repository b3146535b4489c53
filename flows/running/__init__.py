"""What every flow does around its stages: the runner, the run's row, logs, spans.

May import what flows may.
Ask here: "Why does this run use Prefect?"
"""
