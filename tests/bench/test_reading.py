"""The short form of `python -m bench.reading`: what it writes by SQL is a warehouse whose accounts close."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.reading import A_RUN, SOURCES, fill, write_sources
from schemas.settings import Settings
from tasks.sources.source_folder import read_sources
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.reader.status import status
from warehouse.tables.migrate import migrate


def test_the_status_of_a_filled_warehouse_has_its_articles_and_nothing_amiss(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, sources=tmp_path / "sources")
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    write_sources(settings.sources)
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, begin)
        fill(warehouse, 2 * A_RUN, begin)
        publish_reader(warehouse, settings.reader_path)

    now = status(settings.reader_path)

    assert {line.source for line in now.sources} == {each.slug for each in read_sources(settings.sources)}
    assert (len(now.sources), sum(line.articles_24h for line in now.sources)) == (SOURCES, 2 * A_RUN)
    assert (now.totals.articles, now.totals.unaccounted_urls, now.totals.politeness_breaches) == (2 * A_RUN, 0, 0)
