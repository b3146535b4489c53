"""The forms of written dates that the grammar accepts, as patterns over text with single spaces."""

import re
from typing import Literal

Form = Literal["rfc822", "iso", "numbers", "words", "epoch"]

_WORD = r"[^\W\d_]+"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?"
_ZONE = r"(?: ?(?P<zone>[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z]{1,5}))?"
_HALF = r"(?: ?(?P<half>[AaPp])\.? ?[Mm]\.?)?"
_CJK_HALF = r"(?:(?P<cjk_half>오전|오후|午前|午後|上午|下午) ?)?"
_AT = r",? ?(?:[-–—|]|um|at|à|a las|às|alle|alle ore|ore|o|в|о|kl\.?|klo|om|saat|pukul)?,? ?"
_SPOKEN_CLOCK = r"(?P<hour>\d{1,2})(?::| ?h ?|\.)(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_SPOKEN = rf"(?:{_AT}{_SPOKEN_CLOCK}{_HALF}(?: ?(?:Uhr|h|hrs))?{_ZONE})?"

_PATTERNS: tuple[tuple[Form, str], ...] = (
    # 2026-11-10T14:33:00+02:00
    ("iso", rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:[Tt ]{_CLOCK}{_ZONE})?"),
    # 20261110, 20261110T143300Z, 20261110143300
    (
        "iso",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:[Tt]?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_ZONE})?",
    ),
    # Tue, 10 Nov 2026 14:33:00 +0200
    (
        "rfc822",
        rf"(?:(?P<weekday>{_WORD})\.?,? )?(?P<day>\d{{1,2}})[ -](?P<month_word>[A-Za-z]{{3,9}})\.?[ -]"
        rf"(?P<year>\d{{4}}|\d{{2}})(?: {_CLOCK}{_ZONE})?",
    ),
    # Tue Nov 10 14:33:00 2026
    (
        "rfc822",
        rf"(?P<weekday>[A-Za-z]{{3}}) (?P<month_word>[A-Za-z]{{3}}) (?P<day>\d{{1,2}}) {_CLOCK}{_ZONE} "
        r"(?P<year>\d{4})",
    ),
    # 2026/11/10 14:33, 2026. 11. 10. 오후 2:33
    (
        "numbers",
        r"(?P<year>\d{4})(?P<mark>[./-]) ?(?P<month>\d{1,2})(?P=mark) ?(?P<day>\d{1,2})\.?"
        rf"(?:,?[T ]{_CJK_HALF}{_CLOCK}{_HALF}{_ZONE})?",
    ),
    # 25.12.2026, 14:33 Uhr
    (
        "numbers",
        r"(?P<one>\d{1,2})(?P<mark>[./-])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4})" + _SPOKEN,
    ),
    # 10. November 2026, 14:33 Uhr
    (
        "words",
        rf"(?:(?P<weekday>{_WORD}(?:-{_WORD})?)[.,]{{0,2}} )?(?P<day>\d{{1,2}})(?:\.|er|re|º|°|st|nd|rd|th)? "
        rf"(?:de )?(?P<month_word>{_WORD})\.?,? (?:del? )?(?P<year>\d{{4}})\.?(?: (?:г\.?|р\.?|року|года))?{_SPOKEN}",
    ),
    # Tuesday, November 10, 2026 2:33 PM EST
    (
        "words",
        rf"(?:(?P<weekday>{_WORD})[.,]{{0,2}} )?(?P<month_word>{_WORD})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? "
        rf"(?P<year>\d{{4}}){_SPOKEN}",
    ),
    # 2026年11月10日(火) 午後2時33分, 2026년 11월 10일 오후 2:33
    (
        "words",
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일](?: ?\([^()]{1,4}\))?"
        rf"(?: ?{_CJK_HALF}(?P<hour>\d{{1,2}}) ?(?::|時|时|點|点|시) ?(?P<minute>\d{{1,2}}) ?[分분]?"
        rf"(?: ?:? ?(?P<second>\d{{2}}) ?[秒초]?)?{_ZONE})?",
    ),
)
FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple((form, re.compile(text)) for form, text in _PATTERNS)
"""Tried in this order, each against the whole text."""
DAY_IN_TEXT = re.compile(
    r"(?:\d{4}\s?[./年년-]\s?\d{1,2}\s?[./月월-]\s?\d{1,2}\s?[日일]?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|"
    r"\d{1,2}\.?(?:\s+de)?\s+[^\W\d_]{3,12}\.?,?(?:\s+de)?\s+\d{4}|[^\W\d_]{3,12}\.?\s+\d{1,2},\s+\d{4})(?!\d)"
)
"""Finds the day of a form inside a longer text ("Posted 10. November 2026 by …"). Looser than `FORMS`, which then
decide whether it is a date."""
