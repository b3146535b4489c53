"""A crawl that stored each text once: its revisits become moments of the article's history."""

from pathlib import Path

import pytest

from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from schemas.settings import Settings
from tasks.backfill.job import BackfillJob
from tests.support.backfills import backfill
from tests.support.newsrooms import ask
from tests.support.sites.raw_site import RawSite
from tests.tasks.backfill.test_read_warc_range import page, revisit

HARBOUR = (
    "The ferry to the outer islands left an hour late on day {0}, because the tide was too low for the pier.",
    "Le bac pour les îles est parti avec une heure de retard le jour {0}, car la marée était trop basse.",
)
LANGUAGES = ("en", "fr")
SAYS = "SELECT title FROM main.articles ORDER BY url"


def article(title: str, language: int, days: range) -> bytes:
    text = "".join(f"<p>{HARBOUR[language].format(day)}</p>" for day in days)
    head = f"<html lang={LANGUAGES[language]}><head><meta charset=utf-8><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with RawSite({}) as nowhere:
        return nowhere.settings(home=tmp_path / "home", disk_floor_mb=0)


@pytest.mark.parametrize("language", range(2), ids=LANGUAGES)
@pytest.mark.parametrize("files", [1, 2])
def test_a_revisit_of_the_first_text_brings_it_back(
    settings: Settings, tmp_path: Path, language: int, files: int
) -> None:
    first, second = article("One", language, range(1, 9)), article("Two", language, range(20, 29))
    records = [page(1, first, Payload_Digest="sha1:A"), page(3, second), revisit(5, Payload_Digest="sha1:A")]
    parts = [records] if files == 1 else [records[:2], records[2:]]
    paths = [tmp_path / f"{number}.warc.gz" for number in range(files)]
    for path, part in zip(paths, parts, strict=True):
        path.write_bytes(b"".join(part))
    backfill(settings, BackfillOrigin.WARC, *map(str, paths), takes_strangers=True)
    assert ask(settings, SAYS) == [{"title": "One"}]
    events = ask(settings, "SELECT kind, version, at_utc FROM ops.events")
    assert [(row["kind"], row["version"], row["at_utc"].day) for row in events] == [("reverted", 1, 5)]


def test_a_later_backfill_follows_a_revisit_into_the_file_of_an_earlier_one(
    settings: Settings, tmp_path: Path
) -> None:
    text = article("One", 0, range(1, 9))
    (tmp_path / "1.warc.gz").write_bytes(page(1, text, Payload_Digest="sha1:A"))
    (tmp_path / "2.warc.gz").write_bytes(
        revisit(5, Refers_To_Target_URI="https://h.example/a", Refers_To_Date="2026-11-01T10:00:00Z")
    )
    for name in ("1.warc.gz", "2.warc.gz"):
        backfill(settings, BackfillOrigin.WARC, str(tmp_path / name), takes_strangers=True)
    captures = ask(settings, "SELECT warc_file, day(fetched_at) AS day FROM main.captures ORDER BY fetched_at")
    assert [(row["warc_file"].rpartition("/")[2], row["day"]) for row in captures] == [
        ("1.warc.gz", 1),
        ("1.warc.gz", 5),
    ]
    assert ask(settings, "SELECT reason FROM ops.outcomes WHERE reason = 'bad_record'") == []


def test_a_revisit_without_its_target_counts_as_a_fault(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "1.warc.gz").write_bytes(revisit(5, Payload_Digest="sha1:NONE"))
    job = BackfillJob(
        BackfillOptions(ground=BackfillOrigin.WARC, inputs=(str(tmp_path / "1.warc.gz"),), takes_strangers=True)
    )
    backfill(settings, BackfillOrigin.WARC, job=job)
    (row,) = ask(settings, "SELECT url, reason, detail FROM ops.outcomes")
    assert (row["reason"], row["url"].rpartition("/")[2]) == ("bad_record", "1.warc.gz#0")
    assert "a revisit of https://h.example/a" in row["detail"]
    assert job.faults == 1
