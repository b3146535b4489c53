"""Extensions of the database are packages; a missing one is named with what brings it."""

import pytest

from schemas.errors import UsageError
from warehouse.database.extensions import packaged


@pytest.mark.parametrize("name", ["ducklake", "sqlite_scanner", "postgres_scanner", "httpfs"])
def test_an_installed_extension_is_a_file_of_the_version_of_the_database(name: str) -> None:
    path = packaged(name, "1.5.5")
    assert path.is_file()
    assert "v1.5.5" in path.parts


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("postgres_scanner", "pip install 'newsdesk[postgres]'"),
        ("httpfs", "pip install 'newsdesk[s3]'"),
        ("ducklake", "pip install 'duckdb-extension-ducklake==0.0.1'"),
    ],
)
def test_a_missing_extension_is_wrong_usage_that_says_what_to_install(name: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        packaged(name, "0.0.1")
    assert raised.value.exit_code == 2
    assert str(raised.value).endswith(told)
