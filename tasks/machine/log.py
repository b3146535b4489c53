"""Log: an event with its facts, for people and for machines."""

import logging

from tasks.pure.text.escaping import safe_line


def tell(level: int, event: str, /, **facts: object) -> None:
    """Log the event: `event key=value …` in the message, the facts beside it for JSON. A fact that is None is
    left out."""
    known = {key: value for key, value in facts.items() if value is not None}
    words = " ".join(f"{key}={safe_line(str(value))}" for key, value in known.items())
    logging.getLogger("newsdesk").log(level, "%s %s", event, words, extra={"event": event, "facts": known})
