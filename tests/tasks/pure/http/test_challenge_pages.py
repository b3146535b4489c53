"""One challenge page is not a wall; several in a row are, for requests of their kind, and for longer each time."""

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from tasks.pure.http.challenge_pages import found_walls, kind_of, not_asked, pause_s

SURE = Refusal(reason=Reason.CHALLENGE_PAGE)
UNSURE = Refusal(reason=Reason.CHALLENGE_PAGE, is_certain=False)
GONE = Refusal(reason=Reason.SOFT_404)


@pytest.mark.parametrize(
    ("answers", "common"),
    [
        ([SURE], [False]),
        ([SURE, SURE], [True]),
        ([UNSURE], [False]),
        ([UNSURE, UNSURE], [True]),
        ([UNSURE, None], [False]),
        ([SURE, None, None], [False]),
        ([GONE, None], []),
    ],
)
def test_one_page_is_no_wall_and_half_of_several_are(answers: list[Refusal | None], common: list[bool]) -> None:
    pages = [("courier", f"https://courier.example/{place}", answer) for place, answer in enumerate(answers)]

    assert [wall.is_common for wall in found_walls(pages)] == common


@pytest.mark.parametrize(("in_row", "minutes"), [(0, 0), (1, 0), (2, 5), (3, 10), (8, 320), (9, 360), (500, 360)])
def test_the_pause_doubles_from_the_second_challenge_in_a_row_on(in_row: int, minutes: int) -> None:
    assert pause_s(in_row) == 60 * minutes


def test_pages_and_feeds_are_asked_for_apart() -> None:
    assert kind_of(UrlKind.FEED) == kind_of(UrlKind.SITEMAP) != kind_of(UrlKind.ARTICLE)


def test_a_url_that_is_not_asked_for_says_why_and_for_how_long() -> None:
    refusal = not_asked("courier.example", UrlKind.ARTICLE, 3, 1_800_000_000.0)
    assert (refusal.reason, refusal.detail) == (
        Reason.CHALLENGE_PAGE,
        "not asked: courier.example answered the last 3 requests of this kind (article) with challenges; asked again "
        "from 2027-01-15 08:00:00 UTC on",
    )
