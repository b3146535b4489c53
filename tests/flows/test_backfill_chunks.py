"""What a chunk of a file is read with hangs on the chunks before it, not on who was quicker, or on the run."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from bench.inputs.extract_pages import Site
from schemas.runs.backfill_plan import BackfillOrigin
from schemas.settings import Settings
from tests.support.backfills import backfill, counted
from tests.support.newsrooms import ask
from tests.tasks.archive.test_foreign import record

PAGES = 135
CHUNKS = 3
LATE = 25
"""Behind the pages from which the first chunk learns its wrapper."""
PROMO = "<p>The harbour letter brings the tide tables to your breakfast table, every morning before six.</p>"
SHORT = b"""<html><head><title>Harbour service</title></head><body><article><h1>Harbour service</h1>
<p>The service that you asked for is being looked after and will be back with you in a while.</p></article>"""
TABLES = {
    "versions": "SELECT article_id, version, url, title, body FROM main.article_versions",
    "outcomes": "SELECT url, stage, reason, version FROM ops.outcomes",
    "pages": "SELECT * EXCLUDE (run_id, late_in) FROM ops.site_blocks",
    "wrappers": "SELECT * EXCLUDE (run_id, at_utc) FROM ops.wrappers",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of one site, in three chunks, of which the later ones carry a line of furniture within the text; and one
    short text in each chunk."""
    pages = [Site(3, bulk=60).page(number).html for number in range(PAGES)]
    pages[LATE:] = [f"</p>{PROMO}".encode().join(page.rsplit(b"</p>", 1)) for page in pages[LATE:]]
    pages[:: PAGES // CHUNKS] = [SHORT] * CHUNKS
    path = tmp_path_factory.mktemp("chunks") / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(record(page, number)) for number, page in enumerate(pages)))
    return path


def rows(settings: Settings, file: Path) -> dict[str, list[dict[str, Any]]]:
    backfill(settings, BackfillOrigin.WARC, str(file), takes_strangers=True)
    assert counted(settings, "ops.plans") == CHUNKS
    return {name: ask(settings, f"{sql} ORDER BY ALL") for name, sql in TABLES.items()}


def test_chunks_in_runs_of_their_own_give_what_chunks_side_by_side_give(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources").mkdir()
    chunk_bytes = file.stat().st_size // CHUNKS + 1
    settings = Settings(home=tmp_path / "one", sources=tmp_path / "sources", disk_floor_mb=0, chunk_bytes=chunk_bytes)
    together = rows(settings, file)
    monkeypatch.setattr("flows.backfill.FILE_CHUNKS_A_RUN", 1)
    apart = rows(settings.model_copy(update={"home": tmp_path / "other"}), file)

    assert [row["reason"] for row in together["outcomes"] if row["reason"] != "loaded"] == ["soft_404"]
    assert {row["state"] for row in together["wrappers"]} == {"trial", "trusted"}
    for name, its in together.items():
        assert apart[name] == its, name
