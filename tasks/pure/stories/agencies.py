"""Tells which news agency a text credits: in its dateline, its credit line, or where its authors are named."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from schemas.items.article import Article

_DATELINE_CHARS = 120
_CREDIT_CHARS = 200
"""A longer last paragraph is the text itself."""
_BRACKETED = re.compile(r"[(\[【（［/]([^()\[\]【】（）［］/\n]{1,60})[)\]】）］/]")
_PARTS = re.compile(r"[/,;=&+]|\s(?:and|und|et|y|e|en|i|и|och|og|ve)\s|(?<=\d日)\s*")
_AFTER_PLACE = re.compile(r"^[^.!?\n]{0,60}?[-–—−:]\s*(.{1,40}?)\s*[.\-–—−]")


def credited_agency(article: Article) -> str | None:
    """The agency's name as `agencies.toml` has it: that of the dateline, else of the credit line, else of a credit in
    place of authors. None: no known agency is credited in one of these places; a mention within the text is none."""
    credits = (one.raw for one in article.evidence if one.field == "authors")
    return _of_dateline(article.body) or _of_credit_line(article.body) or _named(credits)


def _of_dateline(body: str) -> str | None:
    """`LONDON, Nov 30 (Reuters) -`, `МОСКВА, 30 ноя - РИА Новости.`, `新华社北京11月30日电`, `(서울=연합뉴스)`."""
    head = body[:_DATELINE_CHARS].partition("\n")[0]
    first = re.split(r"(?<=[.!?])\s", head, maxsplit=1)[0] if not _BRACKETED.search(head) else head
    for bracketed in _BRACKETED.findall(head):
        if agency := _one_of(bracketed):
            return agency
    start = _starts().match(head)
    if start:
        return forms()[start[1]]
    after = _AFTER_PLACE.match(first)
    return _one_of(after[1]) if after else None


def _of_credit_line(body: str) -> str | None:
    """`Source: Reuters`, `Quelle: dpa/afp`, `© AFP`, or nothing but the agencies."""
    last = body.rstrip().rpartition("\n")[2].strip()
    if len(last) > _CREDIT_CHARS or last == body.strip():
        return None
    if found := _credit_lines().search(last):
        return forms()[found[1]]
    return _one_of(last.strip("()[]©*– -."))


def _named(texts: Iterable[str]) -> str | None:
    return next((agency for text in texts if (agency := _one_of(text))), None)


def _one_of(text: str) -> str | None:
    """The first agency of a list of nothing but names and dates, as `Berlin (dpa/lnw)` has it."""
    whole = text.strip(" .\u200f\u200e")
    parts = [whole, *(part.strip() for part in _PARTS.split(whole))]
    parts += [word for part in parts for word in (part.rpartition(" ")[2],) if part[:1].isdigit()]
    return next((forms()[part] for part in parts if part in forms()), None)


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8"))


@cache
def forms() -> dict[str, str]:
    """The agency's name by each form that texts write it in."""
    return {form: name for name, its in _file()["agencies"].items() for form in (name, *its)}


def _any_form() -> str:
    return "|".join(re.escape(form) for form in sorted(forms(), key=len, reverse=True))


@cache
def _starts() -> re.Pattern[str]:
    """The name first, then a dash; or, in Chinese, the place, the day and 电, 電, 讯 or 訊."""
    return re.compile(rf"({_any_form()})(?:\s*[-–—−]\s|[^\s，。]{{0,20}}[电電讯訊])")


@cache
def _credit_lines() -> re.Pattern[str]:
    words = sorted({word for its in _file()["credit_lines"].values() for word in its}, key=len, reverse=True)
    before = "|".join(re.escape(word) for word in words)
    return re.compile(rf"^\W*(?:(?:{before})\s*[:：]?|©)\s*(?:[lL]['’])?({_any_form()})(?!\w).{{0,60}}$")
