"""Automations: what the file says is what the server takes."""

from typing import Any
from uuid import uuid4

import pytest
import yaml
from prefect.events.schemas.automations import AutomationCore

from flows.deploy.register import AUTOMATIONS, with_ids
from flows.deploy.serve import FILE

ENTRIES: list[dict[str, Any]] = yaml.safe_load(AUTOMATIONS.read_text())["automations"]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())["deployments"]
NAMES = {f"{entry['entrypoint'].rpartition('.')[2]}/{entry['name']}" for entry in DEPLOYMENTS}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_an_automation_is_one_that_prefect_takes_and_names_deployments_that_there_are(entry: dict[str, Any]) -> None:
    made = with_ids(entry, {name: str(uuid4()) for name in NAMES})
    assert made is not None
    assert AutomationCore.model_validate(made).name == entry["name"]


def test_one_whose_deployment_is_not_there_yet_is_left_for_the_next_registration() -> None:
    left = [entry["name"] for entry in ENTRIES if with_ids(entry, {}) is None]
    assert left == ["newsdesk-alert-bad-runs", "newsdesk-alert-late-runs"]


def test_alerts_that_fail_start_no_alerts() -> None:
    related = [entry["trigger"].get("match_related", {}) for entry in ENTRIES]
    flows = {name for one in related for name in one.get("prefect.resource.name", [])}
    assert flows == {entry["entrypoint"].rpartition(".")[2] for entry in DEPLOYMENTS} - {"alerts"}
