"""Which sources a run says failed."""

from uuid import uuid4

from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.runs.batch import Loaded
from schemas.sources.source import Source
from tasks.pure.runs.run_row import silent_sources
from tests.support.report_samples import AT


def source(slug: str) -> Source:
    return Source(slug=slug, name=slug, homepage="http://o.example/", language="en", country="gb")


def polled(slug: str, reason: Reason, kind: UrlKind = UrlKind.FEED) -> Outcome:
    url = f"http://{slug}.example/{uuid4()}"
    return Outcome(run_id="r", source=slug, url=url, kind=kind, stage=Stage.DISCOVER, reason=reason, at=AT)


def silent(*outcomes: Outcome) -> tuple[str, ...]:
    loaded = Loaded(batch_id=uuid4(), run_id="r", outcomes=outcomes)
    return silent_sources([source("one"), source("two")], [loaded])


def test_a_source_that_was_not_due_did_not_fail() -> None:
    assert silent(polled("one", Reason.OK)) == ()


def test_a_source_none_of_whose_feeds_answered_failed() -> None:
    assert silent(polled("one", Reason.TIMEOUT_READ), polled("one", Reason.EMPTY_FEED)) == ("one",)


def test_one_feed_that_answers_is_enough() -> None:
    assert silent(polled("one", Reason.TIMEOUT_READ), polled("one", Reason.NOT_MODIFIED, UrlKind.SITEMAP)) == ()
