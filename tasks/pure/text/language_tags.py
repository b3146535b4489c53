"""Language tags, as feeds and pages state them."""

import re

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def language_of(text: str | None) -> str | None:
    """A BCP 47 tag, or None for anything else."""
    tag = (text or "").strip().replace("_", "-")
    return tag if len(tag) <= 35 and _LANGUAGE.fullmatch(tag) else None
