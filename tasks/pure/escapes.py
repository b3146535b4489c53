"""Escapes: text from strangers made harmless for a page, an artifact or a terminal."""

import re

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_WEB_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff<>\"'`\\]+", re.IGNORECASE)
_MARKED = re.compile(r"[&<>|`*~\[\](){}\\#!:@$]|(?<![^\W_])_|_(?![^\W_])")
"""An underscore within a word means nothing (CommonMark 0.31, 6.2), and Prefect's UI shows references as they are."""
_LINE_MARK = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


def one_line(text: str) -> str:
    """The text on one line; control characters, lone surrogates and direction overrides show as U+FFFD."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def web_href(url: str) -> str | None:
    """The URL where it may stand behind a link: http or https, and no character that could end it."""
    return url if _WEB_URL.fullmatch(url) else None


def markdown(text: str) -> str:
    """Plain text for Markdown, on one line. Characters with a meaning become character references,
    which by CommonMark 0.31 (2.5) never form structure; `:` and `@` keep bare links from forming."""
    marked = _MARKED.sub(lambda found: f"&#{ord(found[0])};", one_line(text))
    return _LINE_MARK.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", marked)


def markdown_link(text: str, url: str) -> str:
    """A link where the URL is http or https, otherwise the text alone."""
    href = web_href(url)
    if href is None:
        return markdown(text)
    target = href.replace("&", "&amp;").replace("|", "%7C")
    return f"[{markdown(text)}](<{target}>)"
