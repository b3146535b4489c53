"""Logs: on standard error as lines for people, or as one JSON object a line (NEWSDESK_LOG=json)."""

import logging
import sys
from datetime import UTC, datetime

import orjson

from tasks.pure.text.escaping import safe_line

OURS = ("newsdesk", "flows", "tasks", "warehouse")
"""Names of our loggers; Prefect records them too (PREFECT_LOGGING_EXTRA_LOGGERS)."""


class JsonLines(logging.Formatter):
    """One JSON object for each record: `at` (UTC), `level`, `logger`, `event`, and the pairs of `extra={"facts": …}`.
    Control characters are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        facts = getattr(record, "facts", {})
        entry = {
            **facts,
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": getattr(record, "event", record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return orjson.dumps(entry, default=str).decode()


class PlainLines(logging.Formatter):
    """Level, logger and message in one line, without control characters."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line; a traceback follows below it."""
        return safe_line(super().formatMessage(record))


def are_json() -> bool:
    """Whether our loggers write one JSON object a line."""
    return any(isinstance(each.formatter, JsonLines) for each in logging.getLogger("newsdesk").handlers)


def set_up_logs(form: str) -> None:
    """Our loggers write to standard error. `form`: "text" for warnings and errors, "json" for every event."""
    writer = logging.StreamHandler(sys.stderr)
    writer.setFormatter(JsonLines() if form == "json" else PlainLines("%(levelname)s %(name)s %(message)s"))
    writer.set_name("newsdesk")
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers = [each for each in logger.handlers if each.get_name() != "newsdesk"] + [writer]
        logger.setLevel(logging.INFO if form == "json" else logging.WARNING)
        logger.propagate = False
