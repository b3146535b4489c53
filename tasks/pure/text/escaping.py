"""Escapes: text from strangers made harmless for a page, an artifact or a terminal."""

import re

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_WEB_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff<>\"'`\\]+", re.IGNORECASE)
_MARKED = re.compile(r"[&<>|`*~\[\](){}\\#!:@$]|(?<![^\W_])_|_(?![^\W_])")
"""What has a meaning in Markdown anywhere. An underscore within a word has none (CommonMark 0.31, 6.2)."""
_MARKED_IN_LINK = re.compile(r"[<>|`*~\[\]\\]|&(?=#?\w+;)|(?<=<)[!@]|:(?=//)|@(?=\w)|(?<![^\W_])_|_(?![^\W_])")
"""What has one in the text of a link, or could make a link of its own elsewhere."""
_MARKED_IN_URL = re.compile(r"[*~\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
"""The same of a URL that `web_href` let through: it may look like a link, being the text of one."""
_LINE_MARK = re.compile(r"^(?:[-+=]|\d+\.)")


def safe_line(text: str) -> str:
    """The text on one line; control characters, lone surrogates and direction overrides show as U+FFFD."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def web_href(url: str) -> str | None:
    """The URL where it may stand behind a link: http or https, and no character that could end it."""
    return url if _WEB_URL.fullmatch(url) else None


def markdown(text: str) -> str:
    """Plain text for Markdown, on one line. Characters with a meaning are escaped by a backslash (CommonMark 0.31,
    2.4), which both of Prefect's UIs read; the older one shows character references as they are."""
    return _LINE_MARK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _escaped(_MARKED, text))


def markdown_link(text: str, url: str) -> str:
    """A link where the URL is http or https, otherwise the text alone. The text of a link is shown raw by Prefect's
    older UI, so that no more of it is escaped than must be."""
    href = web_href(url)
    if href is None:
        return markdown(text)
    shown = _escaped(_MARKED_IN_LINK, text) if text != url else _escaped(_MARKED_IN_URL, text).replace("|", "%7C")
    target = href.replace("&", "\\&").replace("|", "%7C")
    return f"[{shown}](<{target}>)"


def _escaped(marks: re.Pattern[str], text: str) -> str:
    return marks.sub(lambda found: f"\\{found[0]}", safe_line(text))
