"""HTTP header fields as they came: pairs in order, names in any case."""

Headers = tuple[tuple[str, str], ...]


def header(headers: Headers, name: str) -> str | None:
    """The first field of that lower-case name; None: not sent."""
    return next((value for key, value in headers if key.lower() == name), None)


def content_type(headers: Headers) -> tuple[str | None, str | None]:
    """Media type and charset, both lower case; None where the header does not say."""
    media_type, *parameters = (header(headers, "content-type") or "").split(";")
    named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    charset = next((value.strip("\"' ").lower() for key, value in named.items() if key.lower() == "charset"), None)
    return media_type.strip().lower() or None, charset or None
