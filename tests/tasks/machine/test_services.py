"""Services: the processes of an installation and their settings."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from schemas.runs.installation import Installation
from tasks.machine.services import environment_of, executor_of, reports_of, restart_pause_s, server_of

HOME = Path("/var/lib/newsdesk")


def site(**changes: object) -> Installation:
    return Installation.model_validate(
        {"home": HOME, "sources": Path("/etc/newsdesk/sources"), "port": 4300} | changes
    )


def test_state_lies_below_the_home() -> None:
    environment = environment_of(site())
    assert environment["PREFECT_HOME"] == str(HOME / "prefect")
    assert "PREFECT_SERVER_DATABASE_CONNECTION_URL" not in environment


def test_services_read_the_settings_file_of_the_installation_in_whatever_folder_they_run() -> None:
    environment = environment_of(site(settings_file=Path("/etc/newsdesk/newsdesk.toml")))
    assert environment["NEWSDESK_SETTINGS"] == "/etc/newsdesk/newsdesk.toml"
    assert "NEWSDESK_SETTINGS" not in environment_of(site())


def test_the_server_listens_on_loopback_and_tells_its_ui_so() -> None:
    words = server_of(site(), "python").command
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert environment_of(site())["PREFECT_SERVER_UI_API_URL"] == "http://127.0.0.1:4300/api"


@pytest.mark.parametrize("driver", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_a_postgresql_url_of_any_driver_is_asked_by_asyncpg(driver: str) -> None:
    environment = environment_of(site(postgres=SecretStr(f"{driver}://me:secret@db:5432/prefect")))
    assert environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] == "postgresql+asyncpg://me:secret@db:5432/prefect"


def test_with_redis_the_leases_lie_where_all_server_processes_see_them() -> None:
    environment = environment_of(site(redis=SecretStr("redis://cache:6379/0")))
    assert environment["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"] == "prefect_redis.lease_storage"


def test_of_several_server_processes_none_registers_blocks_as_they_would_race() -> None:
    several = site(processes=2, postgres=SecretStr("postgresql://db/prefect"), redis=SecretStr("redis://cache/0"))
    assert environment_of(several)["PREFECT_API_BLOCKS_REGISTER_ON_START"] == "false"
    assert environment_of(site())["PREFECT_API_BLOCKS_REGISTER_ON_START"] == "true"


def test_the_reports_are_served_on_loopback_and_runs_know_where() -> None:
    words = reports_of(site(reports_port=4301), "python", "/srv/reports").command
    assert words[-5:] == ("4301", "--bind", "127.0.0.1", "--directory", "/srv/reports")
    assert environment_of(site(reports_port=4301))["NEWSDESK_REPORTS_URL"] == "http://127.0.0.1:4301"
    assert "NEWSDESK_REPORTS_URL" not in environment_of(site())


def test_a_password_is_in_no_command() -> None:
    secret = site(postgres=SecretStr("postgresql://me:secret@db/prefect"), redis=SecretStr("redis://:secret@cache/0"))
    services = (server_of(secret, "python"), executor_of(secret, "python", "here"))
    assert not any("secret" in word for service in services for word in service.command)
    assert "secret" not in repr(secret)


def test_served_flows_need_no_worker() -> None:
    assert "flows.deploy.serve" in executor_of(site(is_served=True), "python", "here").command
    assert "worker" in executor_of(site(), "python", "here").command


def test_a_service_that_ends_again_and_again_is_started_ever_later() -> None:
    assert [restart_pause_s(ends) for ends in (1, 2, 3, 7, 50)] == [1.0, 2.0, 4.0, 60.0, 60.0]
