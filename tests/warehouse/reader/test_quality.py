"""The quality of a run as the reader file has it: its own records only, and volumes by the time of the first load."""

from datetime import timedelta
from typing import Any

from schemas.items.article import Completeness
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import (
    NOON,
    article,
    batch,
    batch_of,
    capture,
    finding,
    full_batch,
    hours,
    quarantined,
    run,
    urls,
)
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.quality import quality_facts


def test_quarantined_records_are_counted_by_rule_with_some_of_their_pages(warehouse: Warehouse) -> None:
    pages = [capture(f"https://harbour.example/broken-{n}") for n in range(5)]
    both = quarantined(pages[0]).model_copy(update={"rules": ("title:too_long", "body:x"), "messages": ("a", "b")})
    ledger = BatchLedger(captures=tuple(pages), quarantined=(both, *map(quarantined, pages[1:])))
    load_batch(warehouse, batch([], ledger=ledger), NOON)
    load_batch(warehouse, batch_of(["https://harbour.example/later"], "batch-2", "run-2"), NOON)

    found = quality_facts(published(warehouse), "run-1", ["harbour"], NOON)
    assert [(rule.source, rule.rule, rule.records) for rule in found.broken] == [
        ("harbour", "title:too_long", 5),
        ("harbour", "body:x", 1),
    ]
    assert found.broken[0].urls == tuple(page.url for page in pages[:3])
    assert (found.mix, quality_facts(published(warehouse), "run-2", [], NOON).broken) == ((), ())


def test_versions_of_the_run_are_counted_by_completeness_and_by_what_they_lack(warehouse: Warehouse) -> None:
    whole, stub = capture("https://harbour.example/whole"), capture("https://harbour.example/stub")
    undated: dict[str, Any] = {"published_at": None, "published_precision": None, "authors": ()}
    pair = [
        (article(whole, section="News", tags=("sea",)), whole),
        (article(stub, completeness=Completeness.PAYWALLED, **undated), stub),
    ]
    load_batch(warehouse, batch(pair), NOON)

    found = quality_facts(published(warehouse), "run-1", ["harbour"], NOON)
    assert [(share.completeness, share.articles) for share in found.mix] == [
        (Completeness.FULL, 1),
        (Completeness.PAYWALLED, 1),
    ]
    missing = {gap.field: (gap.missing, gap.articles) for gap in found.gaps}
    assert {name: missing[name] for name in ("published_at", "authors", "section", "tags", "dek", "language")} == {
        "published_at": (1, 2),
        "authors": (1, 2),
        "section": (1, 2),
        "tags": (1, 2),
        "dek": (2, 2),
        "language": (0, 2),
    }


def test_volumes_are_of_first_loads_in_the_last_fortnight(warehouse: Warehouse) -> None:
    for number, days in enumerate((20, 10, 3, 0.5)):
        load_batch(
            warehouse,
            batch_of(urls(number + 1, 10 * number), f"batch-{number}", f"run-{number}"),
            NOON - timedelta(days=days),
        )
    load_batch(warehouse, batch_of(urls(1), "again", "run-9", at=NOON, text="The ferry stays ashore."), NOON)

    (volume,) = quality_facts(published(warehouse), "run-3", ["harbour", "herald"], NOON).volumes
    assert (volume.articles_24h, volume.articles_7d, volume.is_older) == (4, 7, True)
    assert quality_facts(published(warehouse), "run-3", ["herald"], NOON).volumes == ()


def test_findings_are_those_of_the_last_checks_about_these_sources(warehouse: Warehouse) -> None:
    load_batch(warehouse, full_batch(), NOON)
    for number, flow in enumerate(("health", "health", "archive", "ingest")):
        its = BatchLedger(findings=(finding("harbour", f"check-{number}"), finding("herald", f"check-{number}")))
        load_batch(warehouse, batch([], f"check-{number}", run_id=f"check-{number}", ledger=its), NOON)
        its_run = run(f"check-{number}").model_copy(update={"flow": flow, "started_at": NOON + hours(number)})
        load_run(warehouse, its_run)

    found = quality_facts(published(warehouse), "run-1", ["harbour"], NOON).checked
    assert [(each.run_id, each.source) for each in found] == [("check-1", "harbour"), ("check-2", "harbour")]
