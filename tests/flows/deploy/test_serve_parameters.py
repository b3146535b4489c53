"""The parameters of the deployments: the words of the command line, and a description of each for the form."""

import inspect
from importlib import import_module
from typing import Any

import pytest
import typer
import yaml

from flows.cli.group import app
from flows.deploy.serve import FILE
from tasks.pure.dates.since import FORMS

ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())["deployments"]
FLOWS = sorted({entry["entrypoint"] for entry in ENTRIES})
ARGUMENTS = {"sources", "files"}
"""Of the command line they are arguments, or `--source` once for each."""


def parameters(entrypoint: str) -> dict[str, inspect.Parameter]:
    module, _, name = entrypoint.rpartition(".")
    return dict(inspect.signature(getattr(import_module(module), name)).parameters)


def options(command: str) -> set[str]:
    """The long names of the command's options, without dashes before them."""
    group: Any = typer.main.get_command(app)
    return {name.removeprefix("--") for each in group.commands[command].params for name in each.opts}


@pytest.mark.parametrize("entrypoint", FLOWS)
def test_every_parameter_has_the_name_of_an_option(entrypoint: str) -> None:
    words = {name.rstrip("_").replace("_", "-") for name in parameters(entrypoint)} - ARGUMENTS
    assert words - options(entrypoint.rpartition(".")[2]) == set()


def test_a_backfill_has_every_option_of_its_command() -> None:
    words = {name.rstrip("_").replace("_", "-") for name in parameters("flows.backfill.backfill")}
    assert options("backfill") - words == {"source", "json", "words"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['entrypoint']}/{entry['name']}")
def test_the_parameters_that_prefect_yaml_gives_exist(entry: dict[str, Any]) -> None:
    given = [entry["parameters"], *(schedule.get("parameters") or {} for schedule in entry["schedules"])]
    assert {name for each in given for name in each} <= parameters(entry["entrypoint"]).keys()


@pytest.mark.parametrize("entrypoint", ["flows.backfill.backfill", "flows.replay.replay"])
def test_a_day_is_given_in_the_forms_of_the_command_line(entrypoint: str) -> None:
    module, _, name = entrypoint.rpartition(".")
    told = " ".join((inspect.getdoc(getattr(import_module(module), name)) or "").split())
    assert FORMS in told
    assert {parameters(entrypoint)[bound].annotation for bound in ("since", "until")} <= {str, str | None}
