"""An installation made by `newsdesk up`: a real Prefect server, worker and deployments on loopback."""

import re
import subprocess
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from flows.running.prefect_runner import PrefectRunner
from tasks.run.groups import group_sources
from tests.support.pages.browser import artefacts, need_browser, shown
from tests.support.repository import ROOT
from tests.support.sites.prefect_site import BIN, PrefectSite
from tests.tasks.pure.sources.test_health import source

pytestmark = pytest.mark.xdist_group("prefect")
DECLARED = yaml.safe_load((ROOT / "prefect.yaml").read_text())
FLOWS = {entry["entrypoint"].rpartition(".")[2] for entry in DECLARED["deployments"]}


@pytest.fixture(scope="module")
def deployments(site: PrefectSite) -> list[dict[str, Any]]:
    """The deployments that the server knows."""
    found: list[dict[str, Any]] = site.ask("deployments/filter")
    return found


@pytest.fixture(scope="module")
def ingested(site: PrefectSite) -> dict[str, Any]:
    """A run of the ingest deployment that completed."""
    site.run("prefect", "deployment", "run", "ingest/ingest")
    site.wait_until(lambda: bool(site.runs("COMPLETED", "ingest")), 240, "an ingest completes")
    return site.runs("COMPLETED", "ingest")[0]


def test_every_flow_has_a_deployment_and_its_staging_twin(deployments: list[dict[str, Any]]) -> None:
    production = {entry["entrypoint"].rpartition(".")[2] for entry in deployments if entry["name"] != "staging"}
    staging = [entry for entry in deployments if entry["name"] == "staging"]
    assert production == FLOWS == {entry["entrypoint"].rpartition(".")[2] for entry in staging}
    assert {entry["work_pool_name"] for entry in staging} == {"newsdesk-staging"}
    assert not any(entry["schedules"] for entry in staging)


def test_every_parameter_of_a_form_says_what_it_means(deployments: list[dict[str, Any]]) -> None:
    fields = [field for entry in deployments for field in entry["parameter_openapi_schema"]["properties"].values()]
    assert fields
    assert [field["title"] for field in fields if not field.get("description")] == []


def test_every_deployment_says_what_becomes_of_a_second_run(deployments: list[dict[str, Any]]) -> None:
    strategies = {each["name"]: (each["concurrency_options"] or {}).get("collision_strategy") for each in deployments}
    assert set(strategies.values()) == {"ENQUEUE"}  # The run that a person asks for waits, and is not cancelled.


def test_registering_removes_what_prefect_yaml_no_longer_names_and_nothing_else(site: PrefectSite) -> None:
    def known() -> list[tuple[str, list[str | None]]]:
        found = site.ask("deployments/filter")
        return sorted((each["name"], sorted(one["slug"] or "" for one in each["schedules"])) for each in found)

    before = known()
    ingest = next(each for each in site.ask("deployments/filter") if each["name"] == "ingest")
    own = {name: ingest[name] for name in ("flow_id", "entrypoint", "work_pool_name")}
    hourly = {"schedule": {"interval": 3600.0}, "slug": "every-hour", "active": False}
    site.ask("deployments/", name="ingest-as-it-was-called", tags=["newsdesk"], schedules=[hourly], **own)
    kept = site.ask("deployments/", name="somebody-elses", tags=["theirs"], **own)
    renamed = {"schedule": {"interval": 1200.0, "timezone": "UTC"}, "slug": "every-20-minutes", "active": False}
    site.add_schedule(ingest["id"], renamed)

    told = site.run("python", "-m", "flows.deploy.register")
    again = site.run("python", "-m", "flows.deploy.register")
    names = {each["name"] for each in site.ask("deployments/filter")}
    site.ask(f"deployments/{kept['id']}", "DELETE")
    assert sorted(told.splitlines(), reverse=True) == [
        "removed the schedule every-20-minutes of ingest/ingest: the file does not name it",
        "removed the deployment ingest/ingest-as-it-was-called: prefect.yaml does not name it",
    ]
    assert again == ""
    assert "somebody-elses" in names
    assert known() == before


@pytest.mark.usefixtures("ingested")
def test_a_deployment_run_completes_and_its_rows_are_in_the_warehouse(site: PrefectSite) -> None:
    runs = site.rows("SELECT runner, state FROM ops.runs WHERE flow = 'ingest' ORDER BY started_at LIMIT 1")
    assert runs == [{"runner": "prefect", "state": "completed"}]
    assert site.rows("SELECT count(*) > 40 AS many FROM main.articles") == [{"many": True}]


def test_the_state_in_prefect_says_what_the_report_says(ingested: dict[str, Any]) -> None:
    assert ingested["state"]["message"].startswith("All well, ")


def test_a_run_in_prefect_is_called_by_what_ran(ingested: dict[str, Any]) -> None:
    assert ingested["name"] == "ingest"


def test_the_schedules_of_prefect_yaml_create_runs(site: PrefectSite) -> None:
    """The guard of two version traps (docs/explanation/prefect.md): a scheduler that looks well and creates
    nothing."""
    scheduled = {entry["entrypoint"].rpartition(".")[2] for entry in DECLARED["deployments"] if entry["schedules"]}
    site.wait_until(
        lambda: all(site.runs("SCHEDULED", flow) or site.runs("PENDING", flow) for flow in scheduled),
        90,
        "a scheduled run of each flow appears",
    )


def test_a_run_leaves_one_artifact_of_each_kind(site: PrefectSite, ingested: dict[str, Any]) -> None:
    its = site.ask("artifacts/filter", artifacts={"flow_run_id": {"any_": [ingested["id"]]}})
    assert {(artifact["key"], artifact["type"]) for artifact in its} == {
        ("ingest-outcomes", "table"),
        ("ingest-summary", "markdown"),
        ("ingest-report", "markdown"),
    }


def test_the_summary_links_to_the_pages_of_the_run_and_of_its_quality(
    site: PrefectSite, ingested: dict[str, Any]
) -> None:
    of_run = {"flow_run_id": {"any_": [ingested["id"]]}, "key": {"any_": ["ingest-summary"]}}
    (summary,) = site.ask("artifacts/filter", artifacts=of_run)
    report, quality = re.findall(rf"\]\(<(http://127.0.0.1:{site.port + 1}/[^>]+)>\)", summary["data"])
    with urlopen(report, timeout=30) as answer:
        assert "Sources and outcomes" in answer.read().decode()
    with urlopen(quality, timeout=30) as answer:
        assert "Articles a day" in answer.read().decode()


@pytest.mark.usefixtures("ingested")
def test_a_run_and_each_of_its_findings_are_events(site: PrefectSite) -> None:
    def told() -> list[dict[str, Any]]:
        wanted = {"event": {"prefix": ["newsdesk."]}, "order": "ASC"}
        found: list[dict[str, Any]] = site.ask("events/filter", filter=wanted, limit=50)["events"]
        return found

    def runs() -> list[dict[str, Any]]:
        return [each for each in told() if each["payload"].get("flow") == "ingest"]

    site.wait_until(lambda: bool(runs()), 60, "the event of the run")
    run = runs()[0]
    assert run["resource"]["prefect.resource.id"] == "newsdesk.flow.ingest"
    findings = site.rows(f"SELECT code FROM ops.findings WHERE run_id = '{run['payload']['run_id']}' ORDER BY code")
    codes = [each["event"] for each in told() if each["payload"]["run_id"] == run["payload"]["run_id"]]
    assert sorted(codes) == sorted(
        ["newsdesk.run.completed", *(f"newsdesk.finding.{each['code']}" for each in findings)]
    )


def test_the_ui_shows_the_run_with_its_artifacts(site: PrefectSite, ingested: dict[str, Any]) -> None:
    need_browser()
    ui = site.api_url.removesuffix("/api")
    run = shown(f"{ui}/runs/flow-run/{ingested['id']}", "prefect-run.png")
    assert (ingested["name"] in run, "Completed" in run) == (True, True)
    its = {"flow_run_id": {"any_": [ingested["id"]]}, "key": {"any_": ["ingest-summary"]}}
    (artifact,) = site.ask("artifacts/filter", artifacts=its)
    page = shown(f"{ui}/artifacts/artifact/{artifact['id']}", "prefect-summary.png")
    assert ("talblick" in page, "robots_denied" in page) == (True, True)
    assert min(path.stat().st_size for path in artefacts().glob("prefect-*.png")) > 20_000


def test_a_run_makes_at_most_twenty_task_runs_however_many_sources_there_are(
    site: PrefectSite, ingested: dict[str, Any]
) -> None:
    its = site.ask("task_runs/filter", flow_runs={"id": {"any_": [ingested["id"]]}})
    groups = len(group_sources("run", [source("s")] * 3, PrefectRunner.groups_at_most))
    assert 0 < len(its) <= 5 * groups
    assert 5 * len(group_sources("run", [source("s")] * 1000, PrefectRunner.groups_at_most)) <= 20


@pytest.mark.usefixtures("ingested")
def test_the_command_line_uses_the_server_that_answers(site: PrefectSite) -> None:
    site.run("newsdesk", "ingest", "talblick", "--json")
    assert site.rows("SELECT DISTINCT runner FROM ops.runs") == [{"runner": "prefect"}]


def test_a_second_installation_in_the_same_home_is_refused(site: PrefectSite) -> None:
    words = [str(BIN / "newsdesk"), "up", "--port", "1"]
    done = subprocess.run(words, env=site.environment, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert f"locked by pid {site.up_pid}" in done.stderr
