"""Validate: broken records are put aside whole and named, sound ones go on, nothing is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from schemas.items.article import Article, OutLink
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.quality.expectations import REPEATED
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.run import StageCount
from schemas.sources.source import Expect
from tasks.ingest.validate import validate
from tests.support.article_samples import AT, article, capture_of

BANDS = {"gazette": Expect()}


def batch_of(articles: Sequence[Article], dropped: tuple[Outcome, ...] = ()) -> Batch[Article]:
    """A batch as extraction hands it on, with the captures of its articles."""
    captures = {its.capture_id: capture_of(its) for its in articles}
    ledger = BatchLedger(captures=tuple(captures.values()))
    return Batch(batch_id=UUID(int=7), run_id="run-1", kept=tuple(articles), dropped=dropped, ledger=ledger)


def test_sound_articles_go_on() -> None:
    articles = [article(1), article(2)]

    after = validate(batch_of(articles), BANDS, AT)

    assert after.kept == tuple(articles)
    assert after.dropped == ()
    assert after.ledger.quarantined == ()


def test_a_broken_article_is_dropped_with_the_codes_of_its_rules() -> None:
    after = validate(batch_of([article(1), article(2, title="", word_count=0), article(3)]), BANDS, AT)

    [outcome] = after.dropped
    assert [its.url for its in after.kept] == [article(1).url, article(3).url]
    assert (outcome.stage, outcome.reason) == (Stage.VALIDATE, Reason.RULE_BROKEN)
    assert outcome.detail == "title:string_too_short, word_count:greater_than_equal"


def test_the_outcome_says_how_the_article_was_fetched() -> None:
    broken = article(2, title="")

    [outcome] = validate(batch_of([broken]), BANDS, AT).dropped

    assert outcome == Outcome(
        run_id="run-1",
        source="gazette",
        url=broken.url,
        kind=capture_of(broken).kind,
        stage=Stage.VALIDATE,
        reason=Reason.RULE_BROKEN,
        detail="title:string_too_short",
        at=AT,
        found_in="https://gazette.example/feed",
        attempts=2,
        status=200,
        body_bytes=1234,
        elapsed_s=0.25,
        capture_id=broken.capture_id,
    )


def test_the_whole_record_is_kept_as_json() -> None:
    broken = article(2, title="", dek="Спротив \ud800 \x00", links_out=(OutLink(url="https://a.example/", text="a"),))

    [record] = validate(batch_of([broken]), BANDS, AT).ledger.quarantined

    fields = json.loads(record.record)
    assert set(fields) == set(Article.model_fields)
    assert fields["dek"] == broken.dek
    assert fields["body"] == broken.body
    assert fields["fetched_at"] == "2026-11-23T12:00:00+00:00"
    assert fields["article_id"] == str(broken.article_id)
    assert fields["links_out"] == [{"url": "https://a.example/", "text": "a"}]
    assert "Спротив" in record.record.encode("utf-8").decode("utf-8")


def test_a_quarantined_record_names_rules_and_messages_side_by_side() -> None:
    broken = article(2, title="x" * 501, published_at=AT + timedelta(days=2))

    [record] = validate(batch_of([broken]), BANDS, AT).ledger.quarantined

    assert record.rules == ("title:string_too_long",)
    assert record.messages[0].startswith("title: String should have at most 500 characters; it is 'xxx")
    assert (record.run_id, record.source, record.url, record.at) == ("run-1", "gazette", broken.url, AT)
    assert record.capture_id == broken.capture_id


def test_a_rule_that_only_the_batch_shows_drops_the_row_too() -> None:
    after = validate(batch_of([article(1), article(2), article(1)]), BANDS, AT)

    assert [its.url for its in after.kept] == [article(1).url, article(2).url]
    assert [outcome.detail for outcome in after.dropped] == [REPEATED]


def test_one_field_is_named_by_one_fault_where_type_and_suite_word_it_differently() -> None:
    [outcome] = validate(batch_of([article(1, word_count="many")]), BANDS, AT).dropped

    assert outcome.detail == "word_count:int_parsing"


def test_kept_articles_have_values_of_the_declared_types() -> None:
    [kept] = validate(batch_of([article(1, word_count="400")]), BANDS, AT).kept

    assert kept.word_count == 400


def test_findings_of_the_batch_join_its_papers() -> None:
    nameless = [article(n, authors=()) for n in range(12)]

    after = validate(batch_of(nameless), {"gazette": Expect(share_with_author=0.9)}, AT)

    assert len(after.kept) == 12
    assert [finding.code for finding in after.ledger.findings] == ["share_with_author"]


def test_what_earlier_stages_dropped_and_gathered_stays() -> None:
    [earlier] = validate(batch_of([article(5, title="")]), BANDS, AT).dropped
    before = batch_of([article(1), article(2, title="")], dropped=(earlier,))

    after = validate(before, BANDS, AT)

    assert after.size() == before.size() == 3
    assert after.dropped[0] == earlier
    assert after.ledger.captures == before.ledger.captures
    assert (after.batch_id, after.run_id) == (before.batch_id, before.run_id)


def test_the_stage_is_counted_with_its_seconds() -> None:
    ticks = iter([10.0, 12.5])

    after = validate(batch_of([article(1), article(2, title="")]), BANDS, AT, clock=lambda: next(ticks))

    assert after.counts == (StageCount(stage=Stage.VALIDATE, taken=2, kept=1, dropped=1, seconds=2.5),)


def test_an_article_without_its_capture_is_our_error() -> None:
    orphan = Batch[Article](batch_id=UUID(int=7), run_id="run-1", kept=(article(1, title=""),))

    with pytest.raises(KeyError):
        validate(orphan, BANDS, AT)


def test_an_empty_batch_never_imports_great_expectations() -> None:
    script = (
        "import sys\n"
        "from uuid import UUID\n"
        "from schemas.runs.batch import Batch\n"
        "from tasks.ingest.validate import validate\n"
        "from tests.support.article_samples import AT\n"
        "after = validate(Batch(batch_id=UUID(int=7), run_id='r'), {}, AT)\n"
        "print(len(after.counts), {'great_expectations', 'pandas'} & set(sys.modules))\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=True)

    assert done.stdout.strip() == "1 set()"
