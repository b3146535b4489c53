"""The facts of the quality page: results of a run's rules and expectations, and counts of its data, in page order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.items.article import Article, Completeness
from schemas.items.field_use import gap_fields
from schemas.items.finding import Finding, Severity
from schemas.items.outcome import Reason
from schemas.quality.bands import SAMPLE_AT_LEAST
from schemas.quality.quality_page import BandCheck, Gap, Judgement, Quality
from schemas.runs.report import RunReport
from schemas.sources.source import Expect
from tasks.pure.reports.wording import counted

KNOWN = (Reason.UNCHANGED, Reason.REVERTED, Reason.DUPLICATE)
"""Outcomes of a valid record that adds no version."""
NO_ARTICLE = (Reason.CONSENT_PAGE, Reason.CHALLENGE_PAGE, Reason.SOFT_404, Reason.POLICY_DENIED, Reason.EMPTY_TEXT)
"""Outcomes of a page that was read and is not an article."""
_FIRST = ("published_at", "authors", "language", "section", "tags", "dek", "image_url")
FIELDS = tuple(sorted(gap_fields(Article), key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)))
"""Fields that may be empty: those of `_FIRST`, then the others in the order of `Article`."""
ALL = "all sources"


class ReadCounts(NamedTuple):
    """Records of one source: new or changed, already known, in quarantine."""

    source: str
    loaded: int
    known: int
    quarantined: int

    @property
    def read(self) -> int:
        """Records that were read from pages."""
        return self.loaded + self.known + self.quarantined


class Expected(NamedTuple):
    """One expectation of one source in words; `batches` were checked, and it held in `held` of them."""

    source: str
    code: str
    observed: str
    band: str
    batches: int
    held: int

    @property
    def is_held(self) -> bool:
        """Whether it held in every batch."""
        return self.held == self.batches


class Rate(NamedTuple):
    """Articles of one source per day, and the range that its file expects."""

    source: str
    last_24h: int
    a_day: float
    band: str
    verdict: str


def passed(report: RunReport) -> list[ReadCounts]:
    """One row for each source with records, by slug; the last is the sum. Empty if no record was read."""
    counts: dict[str, Counter[Reason]] = {}
    for tally in report.outcomes:
        counts.setdefault(tally.source, Counter())[tally.reason] += tally.count
    rows = [
        ReadCounts(source, its[Reason.LOADED], sum(its[reason] for reason in KNOWN), its[Reason.RULE_BROKEN])
        for source, its in sorted(counts.items())
    ]
    rows = [row for row in rows if row.read]
    total = (
        ReadCounts(ALL, *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))) if rows else None
    )
    return [*rows, total] if total else []


def expectations(judgements: Iterable[Judgement]) -> list[Expected]:
    """The sources' expectations, failed ones first. Of several batches the figures are those of the last that
    failed, or of the last if none failed."""
    checks: dict[tuple[str, str], list[BandCheck]] = {}
    for judgement in judgements:
        for check in judgement.bands:
            checks.setdefault((check.source, check.code), []).append(check)
    rows = []
    for (source, code), its in checks.items():
        told = ([each for each in its if not each.is_held] or its)[-1]
        held = sum(each.is_held for each in its)
        rows.append(Expected(source, code, _figure(code, told.observed), _band(told), len(its), held))
    return sorted(rows, key=lambda row: (row.is_held, row.source, row.code))


def by_source(rows: Sequence[Expected]) -> tuple[list[str], list[tuple[str, list[Expected | None]]]]:
    """The codes, and for each source its expectation of each code, None where it has none; in the rows' order."""
    codes = sorted({row.code for row in rows})
    cells = {(row.source, row.code): row for row in rows}
    return codes, [
        (source, [cells.get((source, code)) for code in codes]) for source in dict.fromkeys(r.source for r in rows)
    ]


def too_few(judgements: Sequence[Judgement]) -> list[tuple[str, int]]:
    """Sources without a batch of enough articles to check, each with the size of its largest batch; by slug."""
    judged = {check.source for judgement in judgements for check in judgement.bands}
    most: Counter[str] = Counter()
    for judgement in judgements:
        most |= Counter(judgement.articles)
    return sorted((source, most[source]) for source in most.keys() - judged if most[source] < SAMPLE_AT_LEAST)


def rules_asked(judgements: Sequence[Judgement]) -> tuple[int, int, int]:
    """(records checked, rules checked for each, rules that any record broke)."""
    broken = {code for judgement in judgements for code in judgement.broken}
    rules = max((judgement.rules for judgement in judgements), default=0)
    return sum(judgement.rows for judgement in judgements), rules, len(broken)


def mix(quality: Quality, report: RunReport) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """How complete the pages were: the classes that occurred, and a row of counts for each source and for all."""
    counts = Counter({(share.source, share.completeness.value): share.articles for share in quality.facts.mix})
    counts += Counter({(t.source, t.reason.value): t.count for t in report.outcomes if t.reason in NO_ARTICLE})
    order = dict.fromkeys(each.value for each in (*Completeness, *NO_ARTICLE))
    names = [name for name in order if any(name == its for _, its in counts)]
    sources = sorted({source for source, _ in counts})
    rows = [(source, [counts[source, name] for name in names]) for source in sources]
    total = (ALL, [sum(column) for column in zip(*(its for _, its in rows), strict=True)])
    return names, [*rows, total] if rows else []


def gaps(found: Iterable[Gap]) -> list[tuple[str, int, list[int]]]:
    """For each source and for all: the number of versions loaded, and for each of `FIELDS` in how many it is
    empty."""
    articles: dict[str, int] = {}
    missing: Counter[tuple[str, str]] = Counter()
    for gap in found:
        articles[gap.source] = gap.articles
        missing[gap.source, gap.field] += gap.missing
        missing[ALL, gap.field] += gap.missing
    if not articles:
        return []
    rows = [*sorted(articles.items()), (ALL, sum(articles.values()))]
    return [(source, of, [missing[source, field] for field in FIELDS]) for source, of in rows]


def rates(quality: Quality) -> list[Rate]:
    """The sources' articles per day against what their files expect; by slug."""
    volumes = {volume.source: volume for volume in quality.facts.volumes}
    rows = []
    for slug, expect in sorted(quality.expects.items()):
        volume = volumes.get(slug)
        week = volume.articles_7d if volume else 0
        verdict = "no article" if volume is None else _rate_verdict(week / 7, volume.is_older, expect)
        rows.append(Rate(slug, volume.articles_24h if volume else 0, week / 7, _expected_rate(expect), verdict))
    return rows


def open_findings(quality: Quality, report: RunReport) -> list[Finding]:
    """The findings of this run and of the last health and archive checks, warnings first, each once."""
    found = dict.fromkeys((*report.findings, *quality.facts.checked))
    return sorted(found, key=lambda each: each.severity is not Severity.WARNING)


def verdict(quality: Quality, report: RunReport) -> str:
    """The quality of the run's data in one sentence without a full stop."""
    rows = passed(report)
    if not rows:
        return "No article was read in this run"
    total = rows[-1]
    asked = expectations(quality.judgements)
    broken = sum(not row.is_held for row in asked)
    faults = [f"{total.quarantined:,} of {counted(total.read, 'record')} in quarantine"] if total.quarantined else []
    faults += [f"{counted(broken, 'expectation')} did not hold"] if broken else []
    if faults:
        return ", ".join(faults)
    return f"{counted(total.read, 'record')}, none broke a rule" + (", every expectation held" if asked else "")


def level(quality: Quality, report: RunReport) -> str:
    """The colour class of the page: `good`, `warn`, or empty if no record was read."""
    rows = passed(report)
    if not rows:
        return ""
    is_broken = any(not row.is_held for row in expectations(quality.judgements))
    return "warn" if rows[-1].quarantined or is_broken else "good"


def figures(quality: Quality, report: RunReport) -> list[tuple[str, str]]:
    """The main counts, with their labels."""
    rows = passed(report)
    total = rows[-1] if rows else ReadCounts(ALL, 0, 0, 0)
    asked = expectations(quality.judgements)
    held = sum(row.is_held for row in asked)
    empty = gaps(quality.facts.gaps)
    undated = percent(empty[-1][2][0], empty[-1][1]) if empty else "–"
    return [
        ("Records read", f"{total.read:,}"),
        ("Passed every rule", f"{total.read - total.quarantined:,}"),
        ("In quarantine", f"{total.quarantined:,}"),
        ("Expectations held", f"{held:,} of {len(asked):,}" if asked else "–"),
        ("Open findings", f"{len(open_findings(quality, report)):,}"),
        ("Dates unknown", undated),
    ]


def percent(part: int, whole: int) -> str:
    """A share in whole percent, `–` if `whole` is 0. Only all reads 100 %, only none 0 %."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return f"{part and min(max(share, 1), 99 if part < whole else 100):.0f} %"


def _figure(code: str, value: float) -> str:
    return f"{value:,.0f}" if code == "median_words" else f"{value:.0%}".replace("%", " %")


def _band(check: BandCheck) -> str:
    low = None if check.low is None else _figure(check.code, check.low)
    high = None if check.high is None else _figure(check.code, check.high)
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"


def _expected_rate(expect: Expect) -> str:
    low, high = expect.articles_per_day
    return "not stated" if _is_open(expect) else f"{low:,} to {high:,}"


def _rate_verdict(a_day: float, is_older: bool, expect: Expect) -> str:
    low, high = expect.articles_per_day
    if _is_open(expect):
        return ""
    if not is_older:
        return "too early"
    return "below" if a_day < low else "above" if a_day > high else "within"


def _is_open(expect: Expect) -> bool:
    return expect.articles_per_day == Expect().articles_per_day
