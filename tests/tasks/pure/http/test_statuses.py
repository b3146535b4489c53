"""Statuses: every final status has one meaning."""

import pytest

from schemas.items.outcome import Reason
from tasks.pure.http.statuses import judged


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, None),
        (201, None),
        (203, None),
        (204, Reason.EMPTY_BODY),
        (205, Reason.EMPTY_BODY),
        (206, Reason.INCOMPLETE_BODY),
        (300, Reason.BAD_HTTP),
        (304, Reason.BAD_HTTP),
        (305, Reason.BAD_HTTP),
        (403, Reason.HTTP_ERROR),
        (410, Reason.HTTP_ERROR),
        (429, Reason.RATE_LIMITED),
        (451, Reason.HTTP_ERROR),
        (503, Reason.HTTP_ERROR),
        (599, Reason.HTTP_ERROR),
        (600, Reason.BAD_HTTP),
        (999, Reason.RATE_LIMITED),
        (101, Reason.BAD_HTTP),
    ],
)
def test_a_status_alone_decides_unless_a_body_is_wanted(status: int, reason: Reason | None) -> None:
    verdict = judged(status, has_validators=False, has_pause=False)
    assert (verdict and verdict.reason) is reason


def test_a_304_answers_validators_and_a_503_may_name_a_time() -> None:
    verdicts = [judged(304, has_validators=True, has_pause=False), judged(503, has_validators=False, has_pause=True)]
    assert [verdict and verdict.reason for verdict in verdicts] == [Reason.NOT_MODIFIED, Reason.RATE_LIMITED]
