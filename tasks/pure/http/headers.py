"""Reads HTTP header fields."""

Headers = tuple[tuple[str, str], ...]
"""Name and value of each field in the order received; names in any case."""
PAGE_TYPES = frozenset(
    {
        None,
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/octet-stream",
        "unknown/unknown",
    }
)
"""Media types of pages; the bytes must look like a page too (docs/explanation/hostile-web.md D10)."""


def header(headers: Headers, name: str) -> str | None:
    """The value of the first field with that name, given in lower case; None: not sent."""
    return next((value for key, value in headers if key.lower() == name), None)


def content_type(headers: Headers) -> tuple[str | None, str | None]:
    """Media type and charset of Content-Type, both in lower case; None where the header does not state it."""
    media_type, *parameters = (header(headers, "content-type") or "").split(";")
    named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    charset = next((value.strip("\"' ").lower() for key, value in named.items() if key.lower() == "charset"), None)
    return media_type.strip().lower() or None, charset or None
