"""The files of docs/deploy: what they name exists."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from schemas.settings import PREFIX, Settings
from tests.support.repository import ROOT

FOLDER = ROOT / "docs" / "deploy"
COMPOSE = FOLDER / "compose.yaml"
SECRETS = {"POSTGRES_PASSWORD": "secret", "NEWSDESK_CONTACT": "desk@example.org"}


def has_compose() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0  # type: ignore[list-item]  # it is there


def test_every_setting_that_is_named_is_one() -> None:
    named = {name for file in FOLDER.iterdir() for name in re.findall(rf"\b{PREFIX}[A-Z_]+", file.read_text())}
    assert named
    assert named <= {PREFIX + field.upper() for field in Settings.model_fields}


def test_every_module_that_a_service_runs_is_there() -> None:
    commands = " ".join(
        service.get("command", "") for service in yaml.safe_load(COMPOSE.read_text())["services"].values()
    )
    modules = re.findall(r"python -m ([\w.]+)", commands)
    assert "flows.deploy.register" in modules
    assert all(find_spec(module) for module in modules)


def test_server_and_reports_are_published_on_loopback_only() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:4200:4200", "127.0.0.1:4201:4201"]


@pytest.mark.skipif(not has_compose(), reason="the machine has no docker compose")
def test_compose_accepts_its_file() -> None:
    command = ["docker", "compose", "-f", str(COMPOSE), "config", "--quiet"]
    done = subprocess.run(command, env=SECRETS, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="the machine has no systemd")
@pytest.mark.parametrize("unit", sorted(FOLDER.glob("*.service")), ids=lambda path: path.name)
def test_systemd_knows_every_word_of_a_unit(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert told == []
