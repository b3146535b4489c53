"""Forgetting in the tables: what goes, what stays, what the ledger says, and that no file keeps the words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from schemas.items.article import OutLink
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.mention import Mention, MentionKind
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from schemas.runs.forget import ForgetRequest, ForgetWhat, Tombstone, TombstoneFile, hash_of
from tests.support.warehouse.batch_samples import (
    NOON,
    article,
    batch,
    capture,
    finding,
    outcome,
    quarantined,
    request,
    sight,
)
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files
from tests.support.warehouse.reading import ask, look
from tests.support.words import files_with
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.forget.clean import clean
from warehouse.tables.forget.rewrite import rewrite_tables
from warehouse.tables.forget.select import forgotten_pages, pages_before, selection, spellings
from warehouse.tables.forget.tombstones import unfinished, write_requests
from warehouse.tables.tables import TABLES

GONE = "https://harbour.example/2026/quokka-escapes"
KEPT = "https://harbour.example/2026/ferry-sails"
TITLE = "Quokka escapes from the harbour zoo"
QUOKKA = Mention("Quokka", "quokka", MentionKind.NAME, 1, True)


def fill(warehouse: Warehouse) -> None:
    """In one load: an article that goes, with rows in every table, and one that stays and links to it."""
    link = Link(url=GONE, source="harbour", found_in="feed", found_at=NOON, entry=EntryFacts(title=TITLE))
    gone, kept = capture(GONE, link=link), capture(KEPT)
    went = article(gone, "The quokka left by the harbour gate.", title=TITLE, mentions=(QUOKKA,))
    stays = article(kept, links_out=(OutLink(url=f"{GONE}#gate", text=TITLE), OutLink(url=KEPT, text="ferry")))
    ledger = BatchLedger(
        captures=(gone, kept),
        requests=(request(GONE, NOON, detail="quokka"), request(KEPT, NOON + timedelta(seconds=2))),
        quarantined=(quarantined(gone).model_copy(update={"record": TITLE}),),
        findings=(
            finding("harbour").model_copy(update={"message": f"the title {TITLE!r} is long"}),
            finding("harbour").model_copy(update={"code": "other"}),
        ),
        sights=(sight(gone.capture_id, article_id=went.article_id),),
    )
    dropped = (outcome(f"{GONE}?x=1", Reason.DUPLICATE, detail=f"another spelling of {GONE}", canonical_form=GONE),)
    load_batch(warehouse, batch([(went, gone), (stays, kept)], ledger=ledger, dropped=dropped), NOON)


def asked(what: ForgetWhat = ForgetWhat.ARTICLE, forms: tuple[str, ...] = (), **changes: Any) -> TombstoneFile:
    forget_id = uuid5(NAMESPACE_URL, f"{what} {forms}")
    one = ForgetRequest(forget_id=forget_id, what=what, why="a letter", asked_by="ada", at=NOON, **changes)
    stones = tuple(Tombstone(forget_id=forget_id, url_hash=hash_of(form), at=NOON) for form in forms)
    return TombstoneFile(request=one, tombstones=stones)


def bury(warehouse: Warehouse, url: str) -> None:
    forms = {page.form for page in spellings(warehouse, {url})} | {url}
    write_requests(warehouse, [asked(forms=tuple(sorted(forms)))])


def forget(warehouse: Warehouse) -> int:
    return rewrite_tables(warehouse, selection(warehouse, forgotten_pages(warehouse), unfinished(warehouse)))


def test_a_forgotten_article_is_in_no_row_and_what_stays_is_as_it_was(own: Warehouse) -> None:
    fill(own)
    before = look(own, f"SELECT * FROM main.article_versions WHERE url = '{KEPT}'")
    bury(own, GONE)

    assert forget(own) > 0

    told = {table.full_name: repr(look(own, f"FROM {table.full_name}")).casefold() for table in TABLES}
    assert [name for name, rows in told.items() if "quokka" in rows] == []
    assert look(own, "FROM main.article_versions") == before
    assert look(own, "SELECT url FROM main.links_out") == [(KEPT,)]
    assert look(own, "SELECT code, message FROM ops.findings ORDER BY code") == [
        ("other", "no article has a date"),
        ("undated", "(forgotten)"),
    ]


def test_the_ledger_keeps_its_rows_with_a_hash_in_place_of_the_url(own: Warehouse) -> None:
    fill(own)
    counted = "SELECT run_id, source, kind, stage, reason, count(*) FROM ops.outcomes GROUP BY ALL ORDER BY ALL"
    before = look(own, counted)
    bury(own, GONE)

    forget(own)

    assert look(own, counted) == before
    urls = {url for (url,) in look(own, "SELECT url FROM ops.outcomes UNION SELECT url FROM ops.requests")}
    assert urls == {KEPT, f"forgotten:{hash_of(GONE)}"}
    assert look(own, "SELECT count(*) FROM ops.requests") == [(2,)]


def test_forgetting_twice_changes_nothing_the_second_time(own: Warehouse) -> None:
    fill(own)
    bury(own, GONE)

    assert forget(own) > 0
    assert forget(own) == 0


def test_the_reader_file_can_be_written_at_any_time(own: Warehouse) -> None:
    fill(own)
    bury(own, GONE)
    forget(own)

    assert ask(own, "SELECT title FROM main.articles") == [("Ferry sails",)]

    clean(own, datetime.now(UTC))

    assert ask(own, "SELECT title FROM main.articles") == [("Ferry sails",)]


def test_a_load_after_the_cleaning_brings_no_word_back_and_works(own: Warehouse) -> None:
    fill(own)
    bury(own, GONE)
    forget(own)
    clean(own, datetime.now(UTC))
    again = capture("https://harbour.example/2026/market-opens", at=NOON + timedelta(hours=1))
    load_batch(own, batch([(article(again, title="Market opens"), again)], "later"), NOON + timedelta(hours=1))

    assert look(own, "SELECT title FROM main.articles ORDER BY title") == [("Ferry sails",), ("Market opens",)]
    stats = look(own, "SELECT min_value, max_value FROM __ducklake_metadata_lake.ducklake_table_column_stats")
    assert "quokka" not in repr(stats).casefold()


@only_on_files
def test_no_file_of_the_warehouse_has_the_words_afterwards(own: Warehouse, home: Path) -> None:
    fill(own)
    assert files_with(home, ("quokka",))
    bury(own, GONE)
    forget(own)
    publish_reader(own, home / "newsdesk.duckdb")
    clean(own, datetime.now(UTC))

    assert files_with(home, ("quokka",)) == {}


def test_a_forgotten_source_leaves_counts_in_the_ledger_only(own: Warehouse) -> None:
    fill(own)
    write_requests(own, [asked(ForgetWhat.SOURCE, source="harbour")])

    forget(own)

    names = [table.full_name for table in TABLES if "source" in table.row.model_fields]
    left = [name for name in names if look(own, f"FROM {name} WHERE source = 'harbour' LIMIT 1")]
    assert sorted(left) == ["ops.forget_requests", "ops.outcomes", "ops.requests"]
    assert look(own, "SELECT count(*) FROM ops.outcomes WHERE kind = 'article' AND url NOT LIKE 'forgotten:%'") == [
        (0,)
    ]


def test_a_period_takes_articles_whose_last_fetch_was_in_it(own: Warehouse) -> None:
    fill(own)
    later = NOON + timedelta(days=40)
    seen = capture(KEPT, at=later, run_id="run-2")
    load_batch(own, batch([(article(seen), seen)], "later", run_id="run-2"), later)

    pages = pages_before(own, NOON + timedelta(days=1), None)

    assert {page.form for page in pages} == {GONE}


def test_a_listing_of_the_period_goes_with_its_capture(own: Warehouse) -> None:
    feed = "https://harbour.example/feed"
    link = Link(url=feed, source="harbour", kind=UrlKind.FEED, found_in="source:harbour", found_at=NOON)
    load_batch(own, batch([], ledger=BatchLedger(captures=(capture(feed, link=link),))), NOON)
    write_requests(own, [asked(ForgetWhat.PERIOD, before=NOON + timedelta(days=1))])

    forget(own)

    assert look(own, "SELECT count(*) FROM main.captures") == [(0,)]
