"""A domain is left alone where most of its pages are challenges."""

import pytest

from schemas.items.outcome import Reason, Refusal
from tasks.pure.http.challenge_pages import found_walls

SURE = Refusal(reason=Reason.CHALLENGE_PAGE)
UNSURE = Refusal(reason=Reason.CHALLENGE_PAGE, is_certain=False)
GONE = Refusal(reason=Reason.SOFT_404)


@pytest.mark.parametrize(
    ("answers", "shut"),
    [
        ([SURE], [True]),
        ([UNSURE], [False]),
        ([UNSURE, UNSURE], [True]),
        ([UNSURE, None], [False]),
        ([SURE, None, None], [False]),
        ([GONE, None], []),
    ],
)
def test_one_page_shuts_a_domain_only_if_it_is_certain(answers: list[Refusal | None], shut: list[bool]) -> None:
    pages = [("courier", f"https://courier.example/{place}", answer) for place, answer in enumerate(answers)]

    assert [wall.is_shut for wall in found_walls(pages)] == shut
