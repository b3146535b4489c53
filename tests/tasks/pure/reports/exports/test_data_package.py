"""The descriptor and the card of an export."""

from datetime import UTC, datetime, timedelta

import pytest
import yaml

from schemas.exports import ExportColumn, ExportedFile, ExportFormat, ExportOptions, ExportState, ExportTally
from tasks.pure.reports.exports.data_package import data_card, data_package, field_type, table_schema

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILE = ExportedFile(path="data/day=2026-11-23/part-00001.csv", rows=3, bytes=70, sha256="ab", added_at=NOON)
COLUMNS = (
    ExportColumn(name="url", type="VARCHAR", comment="The URL | as found."),
    ExportColumn(name="n", type="BIGINT"),
)


def _state(**changes: object) -> ExportState:
    fields = {
        "options": ExportOptions(form=ExportFormat.CSV),
        "snapshot": 7,
        "snapshot_at": NOON,
        "columns": COLUMNS,
        "files": (FILE,),
        "tally": ExportTally(rows=3, first_at=NOON, last_at=NOON + timedelta(1), sources={"harbour": 2, "tal": 1}),
        "made_by": "1.0",
    }
    return ExportState.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("duckdb", "ours"),
    [
        ("VARCHAR", "string"),
        ("VARCHAR[]", "array"),
        ('STRUCT(a VARCHAR, "at" TIMESTAMP WITH TIME ZONE)[]', "array"),
        ("STRUCT(a INTEGER)", "object"),
        ("BIGINT", "integer"),
        ("UTINYINT", "integer"),
        ("DECIMAL(18,3)", "number"),
        ("TIMESTAMP WITH TIME ZONE", "datetime"),
        ("DATE", "date"),
        ("TIME", "time"),
        ("BOOLEAN", "boolean"),
        ("UUID", "string"),
    ],
)
def test_a_type_of_duckdb_has_one_of_table_schema(duckdb: str, ours: str) -> None:
    assert field_type(duckdb) == ours


def test_the_schema_says_what_columns_mean() -> None:
    assert table_schema(COLUMNS)["fields"] == [
        {"name": "url", "type": "string", "description": "The URL | as found."},
        {"name": "n", "type": "integer"},
    ]


def test_the_descriptor_names_each_file_with_its_size_and_hash() -> None:
    (resource,) = data_package(_state())["resources"]
    assert resource["path"] == FILE.path
    assert (resource["bytes"], resource["hash"], resource["rowCount"]) == (70, "sha256:ab", 3)


def test_the_head_of_the_card_is_what_hugging_face_reads() -> None:
    tally = ExportTally(rows=1500, languages={"en": 1400, "de": 100})
    head = yaml.safe_load(data_card(_state(tally=tally)).split("---\n")[1])
    assert head == {
        "license": "other",
        "language": ["de", "en"],
        "size_categories": ["1K<n<10K"],
        "configs": [{"config_name": "default", "data_files": "data/**/*.csv"}],
    }


def test_the_card_tells_rows_period_sources_and_columns() -> None:
    card = data_card(_state())
    assert "3 rows in 1 file," in card
    assert "Published from 2026-11-23T12:00:00+00:00 to 2026-11-24T12:00:00+00:00 (UTC)." in card
    assert "| harbour | 2 |\n| tal | 1 |" in card
    assert "| url | VARCHAR | The URL \\| as found. |" in card


def test_the_card_says_what_is_known_of_the_licence() -> None:
    assert "No licence was named." in data_card(_state())
    assert "CC BY 4.0" in data_card(_state(licence="CC BY 4.0"))
