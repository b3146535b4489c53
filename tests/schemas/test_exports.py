"""Options of an export that contradict each other."""

import pytest

from schemas.errors import UsageError
from schemas.exports import ExportFormat, ExportOptions
from tests.support.warehouse.batch_samples import NOON


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"query": "SELECT 1", "sources": ("a",)}, "write them into the query"),
        ({"since": NOON, "until": NOON}, "must be before --until"),
        ({"by": ("day",), "form": ExportFormat.RSS}, "a feed is one file"),
    ],
)
def test_options_that_contradict_each_other_are_told(options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        ExportOptions.model_validate(options)


def test_files_are_named_by_the_table() -> None:
    assert ExportOptions(table="reports.syndication").name == "syndication"
    assert ExportOptions(query="SELECT 1").name == "query"
