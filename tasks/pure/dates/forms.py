"""The forms of written dates that the grammar accepts, as patterns over plain text (`words.plain`)."""

import re
from typing import Literal

Form = Literal["rfc822", "iso", "numbers", "words", "epoch"]

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?"
_OFFSET = r"(?:gmt|utc|ut|z) ?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[+-]\d{2}"
_PLACE = r"[a-z]+(?:/[a-z_+-]+){1,2}\d*"
_ISO_ZONE = rf"(?: ?(?P<zone>{_OFFSET}|{_PLACE}|[a-z]{{1,5}}))?(?:\[{_PLACE}\]| \(?[a-z]{{2,5}}\)?)?"
ISO = tuple(
    re.compile(pattern)
    for pattern in (
        # 2026-11-10T14:33:00+02:00
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:[t ]{_CLOCK}{_ISO_ZONE})?",
        # 20261110, 20261110T143300Z, 20261110143300
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:t?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_ISO_ZONE})?",
    )
)

# Sun, 06 Sep 2026 10:00:00 +0200
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RFC_822_DATE = re.compile(
    rf"(?:(?P<weekday>{'|'.join(ENGLISH_WEEKDAYS)}), ?)?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(ENGLISH_MONTHS)}) "
    r"(?P<year>(?:19|20)\d{2}) (?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))? (?P<zone>[+-]\d{4}|gmt|utc|z)"
)
"""RFC 822 section 5.1 in its usual form; other spellings are read as words."""

CJK_DAY = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일號号]")
NUMBERS = re.compile(
    r"(?<![\d./:+-])(?P<one>\d{1,4}) ?(?P<mark>[./-]) ?(?P<two>\d{1,2}) ?(?P=mark) ?(?P<three>\d{1,4})(?!\d)"
)

# The numbers of a clock are no part of 10.11.2026 or of a longer number.
_FREE = r"(?<![\d./:+-])"
_ENDS = r"(?!\d|[./:-]\d)"
_HALF = (
    r"(?: ?(?P<half>[ap]\.? ?m\b\.?|[πμ]\.? ?μ\.?(?!\w)|\b(?:sa|ch|öö|ös|dop|odp)\b\.?|[صم](?!\w)|[قب]\.?ظ\.?|"
    r"पूर्वाह्न|अपराह्न))?"
)
_BEFORE = r"(?:\b(?P<before>오전|오후|午前|午後|上午|下午|de\.|du\.|öö|ös) ?)?"
_CJK_BEFORE = r"(?:(?P<before>오전|오후|午前|午後|上午|下午) ?)?"
_HOURS = r"(?: ?(?:uhr|uur|hrs|hs|hours|hod|óra(?:kor)?|น)\b\.?| ?h\b)?"
CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        # 14:33:00, 2:33 p.m., 오후 2:33
        rf"{_BEFORE}{_FREE}{_CLOCK}{_ENDS}{_HALF}{_HOURS}",
        # 14h33, 14 h 33 min, 14h
        rf"{_FREE}(?P<hour>\d{{1,2}}) ?h ?(?P<minute>\d{{2}})(?: ?m(?:i?n)?\b\.?)?"
        rf"(?: ?(?P<second>\d{{2}}) ?s)?{_ENDS}",
        rf"{_FREE}(?P<hour>\d{{1,2}}) ?(?:uhr|uur|hrs|hs|h)\b",
        # 午後2時33分, 오후 2시
        rf"{_CJK_BEFORE}{_FREE}(?P<hour>\d{{1,2}}) ?[時时點点시](?: ?(?P<minute>\d{{1,2}}) ?[分분]?)?"
        r"(?: ?:? ?(?P<second>\d{1,2}) ?[秒초])?",
        # kl. 14.33, 22.30 Uhr, 2.33 pm
        rf"{_FREE}(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?:\.(?P<second>\d{{2}}))?{_ENDS}{_HALF}{_HOURS}",
        # 10 p.m., kl 14
        rf"{_FREE}(?P<hour>\d{{1,2}}) ?(?P<half>[ap]\.? ?m\b\.?)",
        r"\b(?:kl|klo|kell|klukkan)\b\.? ?(?P<hour>\d{1,2})(?![\d.:])",
        # 1433 GMT, 0900 hrs
        rf"{_FREE}(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?= gmt\b| utc\b| hrs\b| hours\b)",
    )
)
"""Tried in this order, each at its first place in the text."""

_NAMED = r"(?:[a-z]{1,5}|мск)(?![^\W\d_])|(?:eastern|central|mountain|pacific) (?:standard |daylight )?time\b"
ZONE = re.compile(
    rf" ?\(?(?P<zone>(?:{_OFFSET})(?![\d:])|{_PLACE}|{_NAMED})\)?(?:\[{_PLACE}\]|(?: \(?[a-z]{{2,5}}\)?(?= ?$)))?"
)
"""What may follow a clock. A name behind an offset (`+0200 CEST`) adds nothing."""
COMMENT = re.compile(r" ?\([^()]*\)$")

DAY_IN_TEXT = re.compile(
    r"(?:\d{4}\s?[./年년-]\s?\d{1,2}\s?[./月월-]\s?\d{1,2}\s?[日일號号]?|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{4}|"
    r"\d{1,2}(?:\.|er|º|°|ª|st|nd|rd|th)?[\s./-]?(?:\s*del?)?\s*[^\s\d.,;:/|()]{3,16}\.?,?[\s./-]?"
    r"(?:\s*del?)?\s*\d{4}|"
    r"\d{1,2}\s+[ก-๙]{1,3}\.\s?[ก-๙]{1,3}\.\s*\d{4}|(?:令和|平成|昭和|民國|民国)\s?[\d元]{1,3}年\s?\d{1,2}月\s?\d{1,2}日|"
    r"\d{1,2}\s+[؀-ۿ]{3,10}\s+[؀-ۿ]{3,10}\s+\d{4}|"
    r"\d{1,2}\s+tháng\s+\d{1,2},?\s+(?:năm\s+)?\d{4}|"
    r"\d{4}\.?\s+(?:m\.\s+|gada\s+)?[^\s\d.,;:/|()]{3,16}\s+\d{1,2}|\d{4}\.?\s+gada\s+\d{1,2}\.?\s+[^\s\d.,;:/|()]{3,16}|"
    r"[^\s\d.,;:/|()]{3,16}\.?\s+\d{1,2}(?:st|nd|rd|th| ቀን| गते)?,?\s+\d{4})(?!\d)"
)
"""Finds the day of a form inside a longer text ("Posted 10. November 2026 by …"). Looser than the grammar, which then
decides whether it is a date."""
