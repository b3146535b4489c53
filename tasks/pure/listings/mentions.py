"""Whether a feed, sitemap or section page names an article."""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from html import escape, unescape
from urllib.parse import unquote, urlsplit

SHORTEST = 8
"""Characters of a path or a title that is looked for; a shorter one stands in pages that do not mean it."""


def mentions(body: bytes, charset: str | None, urls: Collection[str], titles: Collection[str]) -> bool:
    """Whether the page has the path of one of the URLs, or one of the titles. Escapes of XML, JSON and URLs are
    undone first. It says yes too often rather than too seldom: a part of a longer path counts."""
    text = _plain(_decoded(body, charset))
    return any(needle in text for needle in _needles(urls, titles))


def spelt(charset: str | None, urls: Collection[str], texts: Collection[str]) -> frozenset[bytes]:
    """The paths of the URLs and the texts in the spellings that pages have: plain, with the escapes of HTML and of
    JSON, in the page's charset."""
    words = {word for word in (*map(_path, urls), *texts) if len(word) >= SHORTEST}
    forms = {form for word in words for form in (word, *_escaped(word))}
    found = set()
    for form in forms:
        for codec in {charset or "utf-8", "utf-8"}:
            with suppress(LookupError, UnicodeEncodeError):
                found.add(form.encode(codec))
    return frozenset(found)


def _escaped(word: str) -> Iterator[str]:
    html = escape(word, quote=False)
    yield from (html, escape(word), html.replace("'", "&#39;"), html.replace('"', "&#34;"))
    for curly, entity in (("’", "&rsquo;"), ("‘", "&lsquo;"), ("“", "&ldquo;"), ("”", "&rdquo;"), ("–", "&ndash;")):
        html = html.replace(curly, entity)
    yield html
    for text in (json.dumps(word), json.dumps(word, ensure_ascii=False)):
        yield from (text[1:-1], text[1:-1].replace("/", "\\/"))


def _needles(urls: Collection[str], titles: Collection[str]) -> set[str]:
    return {
        *(needle for url in urls if len(needle := _plain(_path(url))) >= SHORTEST),
        *(needle for title in titles if len(needle := _plain(title)) >= SHORTEST),
    }


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if len(path) >= SHORTEST else url.partition("://")[2]


def _plain(text: str) -> str:
    """One spelling of blanks and escapes; twice, since HTML in a feed is escaped twice."""
    text = unescape(unescape(text)).replace("\\/", "/")
    if "\\u" in text:
        text = _without_json_escapes(text)
    return " ".join(unquote(text).split()).casefold()


def _without_json_escapes(text: str) -> str:
    parts = text.split("\\u")
    return parts[0] + "".join(_char(part) for part in parts[1:])


def _char(part: str) -> str:
    try:
        return chr(int(part[:4], 16)) + part[4:]
    except ValueError:
        return "\\u" + part


def _decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
