"""Compares what an article says with what one of its versions says."""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from schemas.history.timeline import StoredVersion
from schemas.items.article import Article
from schemas.items.field_use import change_fields
from schemas.items.link import Precision
from schemas.items.unspaced_scripts import words_of

CHANGE_FIELDS = change_fields(Article)
"""What the page says, in the order in which changes are listed; `Article` declares it."""
SAME_INSTANT = timedelta(minutes=1)
"""Feeds and pages round one instant in different ways."""


class Comparable(Protocol):
    """What decides whether a text is a new version."""

    @property
    def body_hash(self) -> str:
        """Hash of title and body."""

    @property
    def authors(self) -> tuple[str, ...]:
        """People named as authors."""

    @property
    def published_at(self) -> datetime | None:
        """First publication (UTC)."""

    @property
    def published_precision(self) -> Precision | None:
        """How exactly the publisher gives it."""


class VersionChanges(NamedTuple):
    """`fields` are the names of fields that differ. `similarity` is 0 to 1: the share of words (of title and body) in
    common, in any order."""

    fields: tuple[str, ...]
    words_added: int
    words_removed: int
    similarity: float


def says_nothing_new(known: Comparable, article: Comparable) -> bool:
    """Whether the article says nothing that the known version does not say: title and body are the same, and it names
    no other authors and no other date of publication. A missing author or date is no change: the feed may have named
    it before."""
    return (
        known.body_hash == article.body_hash
        and (not article.authors or _names(article.authors) == _names(known.authors))
        and is_same_date(known, article)
    )


def changes(before: Article | StoredVersion, after: Article) -> VersionChanges:
    """How `after` differs from `before`."""
    fields = tuple(name for name in CHANGE_FIELDS if _plain(getattr(before, name)) != _plain(getattr(after, name)))
    gone, come = (Counter(words_of(f"{one.title}\n{one.body}")) for one in (before, after))
    common = (gone & come).total()
    total = gone.total() + come.total()
    return VersionChanges(fields, come.total() - common, gone.total() - common, 2 * common / total if total else 1.0)


def is_same_date(known: Comparable, article: Comparable) -> bool:
    """Whether the article gives no other date of publication: none, the same within a minute, or the same day."""
    one, other = known.published_at, article.published_at
    if other is None:
        return True
    if one is None:
        return False
    if Precision.DAY in (known.published_precision, article.published_precision):
        return abs((one.date() - other.date()).days) <= 1  # A day is the publisher's, an instant is UTC's.
    return abs(one - other) < SAME_INSTANT


def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)


def _plain(value: object) -> object:
    """The value in a form in which white space in texts and the order of lists make no difference."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return _names(value)
    return value
