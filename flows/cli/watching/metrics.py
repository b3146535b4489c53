"""`newsdesk metrics`: the status in the text format of Prometheus, read from files; there is no daemon."""

import sys

from flows.cli.watching.status import read_status
from tasks.pure.reports.prometheus import render_metrics


def metrics() -> None:
    """Print the status as Prometheus text, for the textfile collector or a cron job."""
    sys.stdout.write(render_metrics(read_status()))
