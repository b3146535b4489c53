"""A warehouse on PostgreSQL and an object store: what only such a one can meet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError, SettingsError, TemporaryError
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_services
from tests.support.warehouse.reading import look, published
from tests.support.warehouse.services import free_port
from warehouse.database.connection import Session, Warehouse
from warehouse.database.object_store import store_of
from warehouse.reader.queries import answer_rows

KEYS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "hush-hush"}
HOMELESS = """
import sys
from pathlib import Path
from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from warehouse.reader.queries import answer_rows
from warehouse.database.connection import Warehouse
from tests.support.warehouse.loading import load_batch
from warehouse.reader.publish import publish_reader

with Warehouse(sys.argv[1]) as warehouse:
    load_batch(warehouse, batch_of(urls(2)), NOON)
    publish_reader(warehouse, Path(sys.argv[2]))
print(answer_rows(Path(sys.argv[2]), "SELECT count(*) FROM main.articles").rows)
"""


@only_on_services
def test_a_lost_connection_is_made_again(own: Warehouse) -> None:
    tries: list[int] = []

    def cut_off(session: Session) -> int:
        tries.append(1)
        session.script("INSERT INTO main.links_out VALUES (uuid(), 1, 1, 'u', NULL, 'r', NULL, NULL)")
        if len(tries) == 1:
            ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            session.script(f"FROM postgres_query('gate', '{ends}')")
        return len(tries)

    assert own.write("test", cut_off) == 2
    assert look(own, "SELECT count(*) FROM main.links_out") == [(1,)]


@only_on_services
def test_no_writable_home_and_no_download_are_needed(url: str, tmp_path: Path) -> None:
    homeless = os.environ | {"HOME": "/dev/null/nowhere", "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": ""}
    command = [sys.executable, "-c", HOMELESS, url, str(tmp_path / "newsdesk.duckdb")]

    told = subprocess.run(command, cwd=ROOT, env=homeless, capture_output=True, text=True, check=False)

    assert (told.stdout, told.stderr) == ("[(2,)]\n", "")


@only_on_services
def test_the_secret_key_is_in_no_file_answer_or_error(own: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    load_batch(own, batch_of(urls(1)), NOON)
    path = published(own)
    answer = answer_rows(path, "FROM duckdb_secrets(redact = true)")

    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NewsdeskError) as unreachable:
        answer_rows(path, "SELECT count(body) FROM main.articles")

    assert secret not in f"{answer} {unreachable.value}"
    assert secret.encode() not in path.read_bytes()


@only_on_services
def test_a_store_that_does_not_answer_leaves_nothing_of_a_batch(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
        with Warehouse(url, tries=2) as warehouse, pytest.raises(TemporaryError, match="store did not answer"):
            load_batch(warehouse, batch_of(urls(1)), NOON)

    with Warehouse(url) as warehouse:
        assert load_batch(warehouse, batch_of(urls(1)), NOON).versions_inserted == 1


@pytest.mark.parametrize(
    ("environment", "endpoint", "style", "is_tls"),
    [
        ({}, "s3.amazonaws.com", "vhost", True),
        ({"AWS_ENDPOINT_URL": "http://minio:9000/"}, "minio:9000", "path", False),
        ({"AWS_ENDPOINT_URL": "http://x", "AWS_ENDPOINT_URL_S3": "https://s3.example"}, "s3.example", "path", True),
    ],
)
def test_the_environment_names_the_store(
    environment: dict[str, str], endpoint: str, style: str, is_tls: bool
) -> None:
    store = store_of(KEYS | environment)

    assert (store.endpoint, store.url_style, store.is_tls) == (endpoint, style, is_tls)
    assert "hush" not in repr(store)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"AWS_ACCESS_KEY_ID": "id"}, "AWS_SECRET_ACCESS_KEY is not set"),
        (KEYS | {"AWS_ENDPOINT_URL": "minio:9000"}, "AWS_ENDPOINT_URL = 'minio:9000'"),
    ],
)
def test_a_store_that_is_named_by_halves_is_refused(environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        store_of(environment)
