"""Escapes foreign text for a terminal, an HTML page or a Prefect artifact (Markdown)."""

import re

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_WEB_URL = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff<>\"'`\\]+", re.IGNORECASE)
_MARKED = re.compile(r"[&<>|`*~\[\](){}\\#!:@$]|(?<![^\W_])_|_(?![^\W_])")
"""Characters with a meaning in Markdown. An underscore within a word has none (CommonMark 0.31, 6.2)."""
_MARKED_IN_LINK = re.compile(r"[<>|`*~\[\]\\]|&(?=#?\w+;)|(?<=<)[!@]|:(?=//)|@(?=\w)|(?<![^\W_])_|_(?![^\W_])")
"""Characters with a meaning in the text of a link, or that could start a link of their own."""
_MARKED_IN_URL = re.compile(r"[*~\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
"""The same for a URL that `web_href` accepted: it may look like a link, since it is the text of one."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINE_MARK = re.compile(r"^(?:[-+=]|\d+\.)")


def safe_line(text: str) -> str:
    """The text on one line; control characters, lone surrogates and direction overrides show as U+FFFD."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def web_href(url: str) -> str | None:
    """The URL where it is safe as the target of a link: http or https, without a character that could end it; else
    None."""
    return url if _WEB_URL.fullmatch(url) else None


def language_tag(code: str | None) -> str:
    """The code as the value of `lang`; empty (not known) for what has not the form of BCP 47."""
    return code if code and _LANGUAGE.fullmatch(code) else ""


def markdown(text: str) -> str:
    """Plain text for Markdown, on one line. Characters with a meaning are escaped by a backslash (CommonMark 0.31,
    2.4), which both of Prefect's UIs read; the older one shows character references as they are."""
    return _LINE_MARK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _escaped(_MARKED, text))


def markdown_link(text: str, url: str) -> str:
    """A link where the URL is http or https, otherwise the text alone. Prefect's older UI shows the text of a
    link raw, so no more of it is escaped than necessary."""
    href = web_href(url)
    if href is None:
        return markdown(text)
    shown = _escaped(_MARKED_IN_LINK, text) if text != url else _escaped(_MARKED_IN_URL, text).replace("|", "%7C")
    target = href.replace("&", "\\&").replace("|", "%7C")
    return f"[{shown}](<{target}>)"


def _escaped(marks: re.Pattern[str], text: str) -> str:
    return marks.sub(lambda found: f"\\{found[0]}", safe_line(text))
