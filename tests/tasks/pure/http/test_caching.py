"""How long an answer may be cached."""

from datetime import UTC, datetime

import pytest

from tasks.pure.http.caching import cached_s

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT_ONE = "Fri, 20 Nov 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((), None),
        ((("Cache-Control", "public, max-age=600"),), 600),
        ((("Cache-Control", "max-age=600"), ("Age", "200")), 400),
        ((("Cache-Control", "max-age=600"), ("Age", "700")), None),
        ((("Cache-Control", "max-age=0, must-revalidate"),), None),
        ((("Cache-Control", "no-cache, max-age=600"),), None),
        ((("Cache-Control", "NO-STORE"),), None),
        ((("Cache-Control", "s-maxage=600"),), None),
        ((("Cache-Control", "max-age=600"), ("Expires", AT_ONE)), 600),
        ((("Expires", AT_ONE),), 3600),
        ((("Expires", AT_ONE), ("Date", "Fri, 20 Nov 2026 12:30:00 GMT")), 1800),
        ((("Expires", "0"),), None),
        ((("Expires", "Thu, 19 Nov 1981 08:52:00 GMT"),), None),
        ((("Cache-Control", 'max-age="60"'),), 60),
        ((("Cache-Control", "max-age=soon"),), None),
    ],
)
def test_max_age_less_age_else_expires_less_date(headers: tuple[tuple[str, str], ...], seconds: float | None) -> None:
    assert cached_s(headers, NOW) == seconds
