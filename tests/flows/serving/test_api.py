"""The API answers what the warehouse says, by its own description."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from flows.serving.app import app_of
from schemas.settings import Settings
from tests.support.pages.served import served_home

ROOM = "/api/v1"
SLOW = "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"
EXAMPLES = 8
"""Requests of each operation; a minute of `EXAMPLES = 200` by hand finds no more."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return served_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(home: Settings) -> TestClient:
    return TestClient(app_of(home), base_url="http://127.0.0.1")


def test_articles_come_newest_first_and_page_by_page(client: TestClient) -> None:
    whole = client.get(f"{ROOM}/articles").json()
    assert [each["title"][-1] for each in whole["items"]] == ["0", "2", "1"]
    assert whole["next"] is None
    titles, cursor = [], None
    for _ in range(3):
        page = client.get(f"{ROOM}/articles", params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
        titles += [each["title"] for each in page["items"]]
        cursor = page["next"]
    assert titles == [each["title"] for each in whole["items"]]
    assert cursor is None


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"source": "harbour"}, 3),
        ({"source": "other"}, 0),
        ({"language": "de"}, 0),
        ({"section": "A plain text"}, 3),
        ({"since": "2026-11-23T11:01:30Z"}, 2),
        ({"until": "2026-11-23T11:01:30Z"}, 1),
    ],
)
def test_filters_choose(client: TestClient, params: dict[str, str], expected: int) -> None:
    assert len(client.get(f"{ROOM}/articles", params=params).json()["items"]) == expected


def test_an_article_has_its_text_its_versions_and_its_place(client: TestClient) -> None:
    first = client.get(f"{ROOM}/articles").json()["items"][0]
    latest = client.get(f"{ROOM}/articles/{first['article_id']}").json()
    assert "three ferries" in latest["body"]
    assert latest["capture"]["warc_file"] == "2026/11/23/a.warc.gz"
    versions = client.get(f"{ROOM}/articles/{first['article_id']}/versions").json()
    assert [each["version"] for each in versions] == [1, 2]
    assert client.get(f"{ROOM}/articles/{first['article_id']}/versions/1").json() == versions[0]


def test_search_finds_and_a_wrong_query_says_where(client: TestClient) -> None:
    assert len(client.get(f"{ROOM}/search", params={"q": "harbour master"}).json()["hits"]) == 3
    answer = client.get(f"{ROOM}/search", params={"q": '"harbour'})
    assert (answer.status_code, "quot" in answer.json()["message"]) == (400, True)


def test_tables_are_listed_and_read_in_parts(client: TestClient) -> None:
    names = [each["name"] for each in client.get(f"{ROOM}/tables").json()]
    assert {"main.articles", "ops.runs", "reports.stories"} <= set(names)
    rows = client.get(f"{ROOM}/tables/main.article_versions", params={"limit": 3}).json()
    assert (len(rows["rows"]), rows["is_cut"]) == (3, True)
    rest = client.get(f"{ROOM}/tables/main.article_versions", params={"limit": 3, "offset": 3}).json()
    assert (len(rest["rows"]), rest["is_cut"]) == (1, False)


def test_sql_answers_reads_and_nothing_else(client: TestClient, home: Settings, tmp_path: Path) -> None:
    def ask(query: str) -> tuple[int, dict[str, object]]:
        answer = client.post(f"{ROOM}/sql", json={"query": query})
        return answer.status_code, answer.json()

    assert ask("SELECT count(*) AS n FROM main.articles")[1] == {"columns": ["n"], "rows": [[3]], "is_cut": False}
    for query in (
        "DROP VIEW main.articles",
        f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
        "SELECT 1; SELECT 2",
        f"FROM read_text('{home.reader_path.parent}/../secret')",
        "SET memory_limit = '100GB'",
        "SELECT * FROM nowhere",
    ):
        status, told = ask(query)
        assert status == 400, (query, told)
        assert told["message"]
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_takes_too_long_is_stopped(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.reader.answers.QUERY_S", 0.2)
    answer = client.post(
        f"{ROOM}/sql", json={"query": "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"}
    )
    assert answer.status_code == 400
    assert "was stopped after 0.2 s" in answer.json()["message"]
    assert client.get(f"{ROOM}/sources").status_code == 200  # The session answers again.


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/articles/{UUID(int=1)}", 404),
        (f"/articles/{UUID(int=1)}/versions", 404),
        (f"/stories/{UUID(int=1)}", 404),
        ("/tables/main.nothing", 404),
        ("/tables/pg_catalog.pg_class", 422),
        ("/articles/no-id", 422),
        ("/articles?cursor=AAAA", 400),
        ("/articles?limit=0", 422),
        ("/nothing", 404),
    ],
)
def test_what_is_not_there_or_wrong_is_told(client: TestClient, path: str, status: int) -> None:
    answer = client.get(ROOM + path)
    assert answer.status_code == status
    assert set(answer.json()) == {"kind", "message"}


def test_before_the_first_run_the_answer_says_so(tmp_path: Path) -> None:
    answer = TestClient(app_of(Settings(home=tmp_path)), base_url="http://127.0.0.1").get(f"{ROOM}/articles")
    assert answer.status_code == 503
    assert "newsdesk ingest" in answer.json()["message"]


def test_the_api_keeps_to_its_own_description(home: Settings) -> None:
    """Every route with right and wrong values: status codes, types and answers are those of its OpenAPI document. One
    check is left out: a query, a cursor or a source of the right form may be none, which no schema can say."""
    schema = schemathesis.openapi.from_asgi(f"{ROOM}/openapi.json", app_of(home, "testserver"))

    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) == 11
    for operation in operations:
        _check(operation)


def _check(operation: schemathesis.APIOperation[Any, Any, Any, Any]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()
