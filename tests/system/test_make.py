"""Which Python `make` accepts, and what becomes of an environment of another."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from tests.support.repository import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def make(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """`make` of the project in a folder that holds the Makefile alone."""
    shutil.copy(ROOT / "Makefile", folder)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(["make", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def interpreter(path: Path, version: str) -> Path:
    """A program that says that it is this Python, and can do nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("target", [".venv/installed", "demo", "lock", ".tools/bin/uv"])
@pytest.mark.parametrize(("version", "said"), [("3.10", "is Python 3.10"), ("3.15", "is Python 3.15")])
def test_a_wrong_python_is_named_before_anything_is_made(
    tmp_path: Path, target: str, version: str, said: str
) -> None:
    (tmp_path / "uv.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    python = interpreter(tmp_path / "bin" / "python", version)
    done = make(tmp_path, target, f"PYTHON={python}")
    assert done.returncode == 2
    assert said in done.stderr
    assert "needs Python 3.11 to 3.14" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"Makefile", "uv.lock", "pyproject.toml", "bin"}


def test_a_python_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = make(tmp_path, ".tools/bin/uv", "PYTHON=no-such-python")
    assert done.returncode == 2
    assert "no-such-python is not there" in done.stderr


def test_an_environment_of_another_python_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / ".tools").symlink_to(ROOT / ".tools")
    interpreter(tmp_path / ".venv" / "bin" / "python", "3.10")
    (tmp_path / ".venv" / "pyvenv.cfg").touch()
    (tmp_path / ".venv" / "left_over").touch()
    done = make(tmp_path, f".venv/of-python-{HERE}", f"PYTHON={sys.executable}")
    assert done.returncode == 0, done.stderr
    its = [f"{tmp_path}/.venv/bin/python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    assert subprocess.run(its, capture_output=True, text=True, check=True).stdout.strip() == HERE
    assert not (tmp_path / ".venv" / "left_over").exists()


def test_an_environment_of_the_same_python_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".tools").symlink_to(ROOT / ".tools")
    interpreter(tmp_path / ".venv" / "bin" / "python", HERE)
    (tmp_path / ".venv" / "left_over").touch()
    assert make(tmp_path, f".venv/of-python-{HERE}", f"PYTHON={sys.executable}").returncode == 0
    assert (tmp_path / ".venv" / "left_over").exists()


def test_make_and_the_metadata_accept_the_same_pythons() -> None:
    words = ["make", "--no-print-directory", "--eval", "shown: ; @echo $(SUPPORTED)", "shown"]
    shown = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    named = [one.rpartition(" ")[2] for one in PROJECT["classifiers"] if one[-1].isdigit()]
    every = [f"3.{minor}" for minor in range(30)]
    assert shown.stdout.split() == named
    assert [one for one in every if one in SpecifierSet(PROJECT["requires-python"])] == named


def test_the_tests_begin_with_how_long_they_take(tmp_path: Path) -> None:
    interpreter(tmp_path / "bin" / "python", "the tests begin")
    done = make(tmp_path, "test", f"BIN={tmp_path}/bin", "--assume-old=.venv/installed")
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    assert "25 to 45 minutes on two cores" in first
    assert last == "the tests begin"
