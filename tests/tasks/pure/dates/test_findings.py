"""Findings on dates: what is not understood is told from what is read and vetoed, and from a wrong weekday."""

from datetime import UTC, datetime

import pytest

from schemas.items.article import MODIFIED, PUBLISHED, Article, Evidence, Origin
from schemas.items.finding import KINDS
from schemas.items.link import Precision
from tasks.pure.dates.findings import date_findings
from tests.support.article_samples import article

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def stating(raw: str, at: datetime | None = None, field: str = PUBLISHED, is_dated: bool = False) -> Article:
    precision = Precision.SECOND if at else None
    evidence = (Evidence(field=field, origin=Origin.META, raw=raw, at=at, precision=precision),)
    dates = {} if is_dated else {"published_at": None, "published_precision": None}
    return article(1, evidence=evidence, **dates)


@pytest.mark.parametrize(
    ("raw", "at", "code"),
    [
        ("next Tuesday", None, "date_not_understood"),
        ("4/5/2026", None, "date_not_understood"),
        ("04 May 26", None, "date_vetoed"),
        ("mardi 4 mai 2026", AT, "date_weekday_wrong"),
        ("Tue, 04 May 2026 10:00:00 GMT", AT, "date_weekday_wrong"),
    ],
)
def test_each_kind_of_fault_is_a_finding_of_its_own(raw: str, at: datetime | None, code: str) -> None:
    (found,) = date_findings([stating(raw, at), stating(raw, at)], "run", AT)

    assert (found.code, found.observed, found.code in KINDS) == (code, 2, True)
    assert repr(raw) in found.message


@pytest.mark.parametrize(
    "quiet",
    [
        stating("lundi 4 mai 2026", AT),
        stating("4 May 2026 10:00", None),
        stating("soon", None, MODIFIED),
        stating("soon", None, is_dated=True),
    ],
    ids=["weekday fits", "no zone", "of the change", "dated otherwise"],
)
def test_nothing_is_said_of_a_date_without_fault_or_consequence(quiet: Article) -> None:
    assert date_findings([quiet], "run", AT) == ()
