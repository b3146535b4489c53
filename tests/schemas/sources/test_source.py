"""The type of a source: what it refuses."""

import pytest
from pydantic import ValidationError

from schemas.sources.source import Source


def paper(slug: str = "paper") -> Source:
    return Source(slug=slug, name="x", homepage="https://paper.example/", language="en", country="gb")


def test_a_source_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        paper().name = "Other"  # type: ignore[misc]  # what is tested


@pytest.mark.parametrize("slug", ["", "Paper", "a--b", "-a", "a-", "a b", "../a", "a" * 65])
def test_a_slug_is_plain(slug: str) -> None:
    with pytest.raises(ValidationError):
        paper(slug)
