"""What contributors, citers and the forge read is there, parses, and names only what exists."""

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from email import message_from_string
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.version import Version

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GUIDES = [
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "changelog.d/README.md",
    "docs/how-to/release.md",
    "findings/README.md",
]
TOWNCRIER = [sys.executable, "-m", "towncrier", "build", "--draft", "--version"]

# https://www.apache.org/licenses/LICENSE-2.0.txt, 11,358 bytes.
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"

# https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema.json
CFF_REQUIRED = {"authors", "cff-version", "message", "title"}
CFF_KEYS = CFF_REQUIRED | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url"),
    *("preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url"),
    "version",
}

# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests,
# "Syntax for issue forms" and "Syntax for GitHub's form schema".
FORM_KEYS = {"name", "description", "body", "assignees", "labels", "title", "type", "projects"}
PART_KEYS = {"type", "id", "attributes", "validations"}
ATTRIBUTES = {
    "markdown": {"value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "input": {"label", "description", "placeholder", "value"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def load(path: Path) -> Any:
    """A YAML file; `on:` is YAML 1.1's true, so callers that need it ask for True."""
    return yaml.safe_load(path.read_text("utf-8"))


def form_faults(form: dict[str, Any]) -> list[str]:
    """What the forge would refuse in an issue form."""
    parts = form.get("body", [])
    faults = [f"key {key!r}" for key in form.keys() - FORM_KEYS]
    faults += [f"no {key}" for key in ("name", "description", "body") if not form.get(key)]
    faults += [f"{part.get('id')}: {fault}" for part in parts for fault in part_faults(part)]
    ids = [part["id"] for part in parts if "id" in part]
    labels = [part["attributes"].get("label") for part in parts if part["type"] != "markdown"]
    faults += [f"twice: {name}" for name in {*ids, *labels} if (ids + labels).count(name) > 1]
    return faults if any(part["type"] != "markdown" for part in parts) else [*faults, "asks for nothing"]


def part_faults(part: dict[str, Any]) -> list[str]:
    """What the forge would refuse in one element of a form's body."""
    kind, attributes = part["type"], part["attributes"]
    required = {"markdown": {"value"}, "dropdown": {"label", "options"}, "checkboxes": {"label", "options"}}
    faults = [f"key {key!r}" for key in part.keys() - PART_KEYS]
    faults += [f"attribute {key!r}" for key in attributes.keys() - ATTRIBUTES[kind]]
    faults += [f"no {key}" for key in required.get(kind, {"label"}) - attributes.keys()]
    faults += [f"validation {key!r}" for key in part.get("validations", {}).keys() - {"required"}]
    options = attributes.get("options", [])
    if kind == "dropdown" and not (all(isinstance(each, str) for each in options) and len(set(options)) > 1):
        faults.append("options must be different texts")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", part.get("id", "id")):
        faults.append("an id of other characters")
    return faults


def make_targets() -> set[str]:
    return set(re.findall(r"^([\w./-]+):(?!=)", read("Makefile"), re.MULTILINE))


def make_commands(text: str) -> set[str]:
    """Targets of the make commands in code: inline, in a block, or as a step of a workflow."""
    commands = re.findall(r"(?:^\s*(?:- run: )?(?:sudo )?|`)make ((?:[\w./-]+ ?)+)", text, re.MULTILINE)
    return {target for command in commands for target in command.split()}


def test_the_licence_is_the_whole_apache_licence_and_the_metadata_name_it() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2
    assert PROJECT["project"]["license"] == "Apache-2.0"
    about = message_from_string(distribution("newsdesk").read_text("METADATA") or "")
    assert (about["License-Expression"], about["License-File"]) == ("Apache-2.0", "LICENSE")


def test_the_citation_has_the_required_keys_and_no_unknown_ones() -> None:
    citation = load(ROOT / "CITATION.cff")
    assert citation.keys() >= CFF_REQUIRED
    assert citation.keys() <= CFF_KEYS
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    assert citation["license"] == PROJECT["project"]["license"]
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])


@pytest.mark.parametrize("form", [path for path in FORMS if path.name != "config.yml"], ids=lambda path: path.name)
def test_the_forge_accepts_an_issue_form(form: Path) -> None:
    assert form_faults(load(form)) == []


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"name": "a", "description": "b", "body": []}, "no body"),
        (
            {"name": "a", "description": "b", "boddy": 1, "body": [{"type": "input", "attributes": {"label": "l"}}]},
            "key",
        ),
        ({"name": "a", "description": "b", "body": [{"type": "input", "attributes": {}}]}, "no label"),
        ({"name": "a", "description": "b", "body": [{"type": "markdown", "attributes": {"value": "v"}}]}, "nothing"),
    ],
)
def test_a_form_that_the_forge_refuses_is_seen(form: dict[str, Any], fault: str) -> None:
    assert fault in " ".join(form_faults(form))


def test_the_bug_form_asks_for_the_status_as_json() -> None:
    parts = {part.get("id"): part for part in load(ROOT / ".github" / "ISSUE_TEMPLATE" / "bug.yml")["body"]}
    assert "newsdesk status --json" in parts["status"]["attributes"]["description"]
    assert parts["status"]["validations"] == {"required": True}


def test_the_chooser_has_no_unknown_keys() -> None:
    config = load(ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml")
    assert config.keys() <= {"blank_issues_enabled", "contact_links"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_reads_only_and_its_jobs_have_steps_and_a_time_limit(workflow: Path) -> None:
    read_in = load(workflow)
    assert read_in["permissions"] == {"contents": "read"}
    assert {"push", "pull_request"} <= read_in[True].keys()
    for job in read_in["jobs"].values():
        assert job["timeout-minutes"] > 0
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


def test_the_workflow_tests_every_python_that_the_metadata_name() -> None:
    jobs = load(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    named = [line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if line.startswith("Programming")]
    assert jobs["tests"]["strategy"]["matrix"]["python-version"] == named
    assert PROJECT["project"]["requires-python"] == f">={named[0]},<3.{int(named[-1].split('.')[1]) + 1}"


@pytest.mark.parametrize("name", [*GUIDES, ".github/workflows/ci.yml", ".github/PULL_REQUEST_TEMPLATE.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    assert make_commands(read(name)) <= make_targets()


def test_make_commands_are_found_in_code_and_in_workflows() -> None:
    assert make_commands("run `make quick`, then\n    make a/b c\n- run: sudo make d\nand make sense") == {
        *("quick", "a/b", "c", "d")
    }
    assert "docs" in make_commands(read(".github/workflows/ci.yml"))


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_that_a_guide_links_or_names_exists(name: str) -> None:
    text = read(name)
    linked = {(ROOT / name).parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)}
    named = {ROOT / path for path in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/)`", text)} - {ROOT / "dist"}
    tested = {ROOT / path for path in re.findall(r"pytest (tests/[\w./]+)", text)}
    assert [str(path) for path in linked | named | tested if not path.exists()] == []


def test_every_hook_is_local_and_runs_a_program_of_the_environment() -> None:
    repos = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    for hook in repos[0]["hooks"]:
        assert hook["language"] == "system"
        folder, program = hook["entry"].split()[0].rsplit("/", 1)
        assert folder == ".venv/bin"
        assert shutil.which(program, path=str(Path(sys.executable).parent)), program


def test_pre_commit_accepts_the_hooks() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_editor_settings_name_properties_that_editors_know() -> None:
    settings = ConfigParser()
    settings.read_string("[preamble]\n" + read(".editorconfig"))
    # https://spec.editorconfig.org, "Supported Pairs"; max_line_length is the one widely read addition.
    known = {"indent_style", "indent_size", "tab_width", "end_of_line", "charset", "trim_trailing_whitespace"}
    known |= {"insert_final_newline", "max_line_length"}
    assert settings["preamble"]["root"] == "true"
    assert {key for name in settings.sections() if name != "preamble" for key in settings[name]} <= known
    assert settings["*"]["max_line_length"] == str(PROJECT["tool"]["ruff"]["line-length"])


def test_the_next_section_of_the_changelog_builds() -> None:
    done = subprocess.run([*TOWNCRIER, "99.0.0"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("## 99.0.0 (")


def test_fragments_become_entries_below_the_heading_of_their_kind(tmp_path: Path) -> None:
    kinds = {each["directory"]: each["name"] for each in PROJECT["tool"]["towncrier"]["type"]}
    (tmp_path / "changelog.d").mkdir()
    for name in ("pyproject.toml", "CHANGELOG.md", "changelog.d/README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    for kind in kinds:
        (tmp_path / "changelog.d" / f"7.{kind}.md").write_text(f"An entry that is {kind}.\n")
    done = subprocess.run([*TOWNCRIER, "99.0.0"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^### (.+)\n\n- (.+)$", done.stdout, re.MULTILINE) == [
        (heading, f"An entry that is {kind}. (#7)") for kind, heading in kinds.items()
    ]


def test_a_fragment_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "changelog.d").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "changelog.d" / "7.improved.md").write_text("An entry.\n")
    assert subprocess.run([*TOWNCRIER, "99.0.0"], cwd=tmp_path, capture_output=True).returncode != 0


def test_the_changelog_has_no_headings_but_releases_and_kinds() -> None:
    text = read("CHANGELOG.md")
    assert PROJECT["tool"]["towncrier"]["start_string"] in text
    kinds = {each["name"] for each in PROJECT["tool"]["towncrier"]["type"]}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds
    releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \((?:unreleased|\d{4}-\d\d-\d\d)\)", each) for each in releases)


def test_the_readme_of_the_fragments_names_every_kind() -> None:
    named = re.findall(r"^\| `(\w+)` \| (.+?) \|", read("changelog.d/README.md"), re.MULTILINE)
    assert dict(named) == {each["directory"]: each["name"] for each in PROJECT["tool"]["towncrier"]["type"]}


def test_a_folder_without_a_repository_has_a_version_after_the_last_release() -> None:
    released = re.findall(r"^## (\d+\.\d+\.\d+) \(\d{4}", read("CHANGELOG.md"), re.MULTILINE)
    fallback = Version(PROJECT["tool"]["hatch"]["version"]["fallback-version"])
    assert fallback.is_devrelease
    assert fallback > max(map(Version, released), default=Version("0.0.0"))


@pytest.mark.parametrize(
    ("tag", "version"),
    [(None, PROJECT["tool"]["hatch"]["version"]["fallback-version"]), ("v3.4.5", "3.4.5")],
    ids=["without a repository", "at a tag"],
)
def test_the_version_is_the_tag(tag: str | None, version: str, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"], ["tag", tag]) if tag else ():
        subprocess.run([*git, *words], check=True)
    command = [sys.executable, "-m", "hatchling", "version"]
    assert subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip() == version
