"""Messages reach a server from wherever the process stands, and what keeps them is told without secrets."""

import os
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.alerts import deliver as module
from tasks.alerts.deliver import Order, child_environment, deliver, url_faults
from tasks.pure.alerts.messages import trial_message
from tasks.pure.alerts.secrets import expanded
from tests.support.sites.alert_servers import open_webhook, silent_port


def order(url: str) -> Order:
    return Order(expanded(url, {}, "alerts.toml:2"), [(trial_message("desk"), "notice")])


def test_a_process_whose_folder_was_deleted_sends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "of a run of a Prefect worker"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with open_webhook() as hook:
        (answer,) = deliver({"desk": order(f"json://{hook.host}/")}, Settings(home=tmp_path))["desk"]
        assert (answer.is_sent, answer.error, len(hook.posted)) == (True, None, 1)
    monkeypatch.chdir(tmp_path)


def test_a_dead_server_delays_no_other_and_its_silence_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DELIVERY_S", 20.0)
    with open_webhook() as hook, silent_port() as dead:
        orders = {"dead": order(f"json://127.0.0.1:{dead}/T0KEN?rto=300"), "desk": order(f"json://{hook.host}/")}
        answers = deliver(orders, Settings(home=tmp_path))
    assert answers["desk"][0].is_sent
    assert answers["dead"][0].error == "no answer within 20 s"


def test_a_process_that_breaks_down_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHILD", (*module.CHILD[:2], "-c", "raise SystemExit('no room for T0KEN')"))
    (answer,) = deliver({"desk": order("json://127.0.0.1:9/T0KEN")}, Settings(home=tmp_path))["desk"]
    assert answer.error == "the process that sends ended with 1: no room for ****"


def test_a_wrong_url_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    faults = url_faults(
        {"a": order("ntfyy://h/t").address, "b": order("ntfy://h/t").address}, Settings(home=tmp_path)
    )
    assert faults == {"a": "no service has the scheme 'ntfyy'; did you mean ntfy://?"}


def test_proxy_and_cas_are_those_of_the_settings() -> None:
    environment = {"HTTPS_PROXY": "http://other:1", "PATH": os.defpath}
    plain = child_environment(environment, Settings())
    assert "HTTPS_PROXY" not in plain
    through = child_environment(environment, Settings(proxy="http://proxy.example:3128", ca_file="/etc/ca.pem"))
    assert (through["HTTPS_PROXY"], through["SSL_CERT_FILE"]) == ("http://proxy.example:3128", "/etc/ca.pem")
