"""The generated pages of docs/reference, by file name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs._generate.cli import cli_page
from docs._generate.data_dictionary import data_dictionary_page
from docs._generate.exit_codes import exit_codes_page
from docs._generate.findings import findings_page
from docs._generate.man import man_page
from docs._generate.reasons import reasons_page
from docs._generate.settings import settings_page

REFERENCE = Path(__file__).parents[1] / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "settings.md": settings_page,
    "exit-codes.md": exit_codes_page,
    "data-dictionary.md": data_dictionary_page,
    "outcome-reasons.md": reasons_page,
    "findings.md": findings_page,
    "newsdesk.1": man_page,
}
