"""Bands: measures of the articles that one source has in a batch, each beside the range that is expected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, lgamma, log
from statistics import median

from pydantic import BaseModel, ConfigDict

from schemas.items.article import Article, Completeness
from schemas.items.finding import Severity
from schemas.quality.quality_page import BandCheck, Judgement
from schemas.quality.rules import checked
from schemas.sources.source import Expect

SAMPLE_AT_LEAST = 10
"""Articles of a source in a batch below which no share is judged."""
CHANCE = 0.05
"""A share is an alarm only where a healthy source would show it in fewer than one batch of twenty."""
FULL_AT_LEAST = 0.25
"""Chosen low: paywalled outlets give few whole articles, a broken template or a consent wall none. Only
a notice, since no source file can say yet what is usual for an outlet."""
REPEATED_AT_MOST = 0.2
"""Chosen: two URLs of one story are common, a fifth of a batch with one text is a template page."""
_UNKNOWN_LANGUAGE = "und"
"""ISO 639 for undetermined: the language of sites that have no source file."""
IN_LANGUAGE_AT_LEAST = 0.5
"""Chosen: outlets quote and mix, but most of what they print is in their language."""
MEDIAN_WORDS = (60, 5000)
"""1 % of 232 annotated news pages have under 66 words, 1 % over 5,447 (extract_bench, November 2026)."""


class Measure(BaseModel):
    """One figure of a source's articles in a batch. `low` to `high` is the healthy band (None: open);
    a value below `alarm_below` or above `alarm_above` makes a finding: chance alone seldom goes that far."""

    model_config = ConfigDict(frozen=True)

    source: str
    code: str
    observed: float
    low: float | None = None
    high: float | None = None
    alarm_below: float | None = None
    alarm_above: float | None = None
    severity: Severity
    message: str


def measured(
    articles: Sequence[Article], bands: Mapping[str, Expect], languages: Mapping[str, str]
) -> list[dict[str, Measure]]:
    """One source an entry, its measures by code, from the articles that keep the record rules; sources
    with too few of them are left out."""
    by_source: dict[str, list[Article]] = {}
    for article in map(checked, articles):
        if isinstance(article, Article):
            by_source.setdefault(article.source, []).append(article)
    found = [measures(slug, its, bands.get(slug, Expect()), languages.get(slug)) for slug, its in by_source.items()]
    return [{measure.code: measure for measure in each} for each in found if each]


def judged(
    articles: Sequence[Article],
    sources: Sequence[Mapping[str, Measure]],
    broken: Mapping[str, tuple[int, ...]],
    alarms: Mapping[str, tuple[int, ...]],
    rules: int,
) -> Judgement:
    """What a batch was held to: by codes, `broken` has the rows that broke one of so many rules, `alarms` the
    positions of the `sources` (as `measured` gives them) that lie outside a band."""
    rows = {row for rows in broken.values() for row in rows}
    kept = Counter(article.source for row, article in enumerate(articles) if row not in rows)
    bands = [
        BandCheck(**measure.model_dump(include=set(BandCheck.model_fields)), is_held=row not in alarms.get(code, ()))
        for row, measures in enumerate(sources)
        for code, measure in measures.items()
    ]
    return Judgement(rows=len(articles), rules=rules, broken=tuple(broken), articles=kept, bands=tuple(bands))


def measures(source: str, articles: Sequence[Article], expect: Expect, language: str | None) -> tuple[Measure, ...]:
    """The measures of one source's valid articles; none where they are fewer than `SAMPLE_AT_LEAST`.

    `language` is the source's (BCP 47); None: it is not known and not compared.
    """
    of = len(articles)
    if of < SAMPLE_AT_LEAST:
        return ()
    dated = sum(article.published_at is not None for article in articles)
    signed = sum(bool(article.authors) for article in articles)
    whole = sum(article.completeness in (Completeness.FULL, Completeness.LIVEBLOG) for article in articles)
    return (
        _share(source, "share_with_date", dated, of, expect.share_with_date, "have a date"),
        _share(source, "share_with_author", signed, of, expect.share_with_author, "name an author"),
        _share(source, "share_full", whole, of, FULL_AT_LEAST, "are whole"),
        _repeated(source, articles),
        _median_words(source, articles),
        *_in_language(source, articles, language),
    )


def fewest_by_chance(of: int, share: float) -> int:
    """The fewest hits among `of` that are no alarm where each is one with probability `share`: the
    5 % quantile of the binomial distribution."""
    if share <= 0 or share >= 1:
        return round(of * share)
    total = 0.0
    for hits in range(of):
        ways = lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1)
        total += exp(ways + hits * log(share) + (of - hits) * log(1 - share))
        if total >= CHANCE:
            return hits
    return of


def _share(source: str, code: str, hits: int, of: int, least: float, what: str) -> Measure:
    message = f"{hits} of {of} articles of {source!r} {what}, at least {least:.0%} are expected"
    return Measure(
        source=source,
        code=code,
        observed=hits / of,
        low=least,
        alarm_below=fewest_by_chance(of, least) / of,
        severity=Severity.NOTICE if code == "share_full" else Severity.WARNING,
        message=f"{message}: has its layout changed? see one with `newsdesk explain URL`",
    )


def _repeated(source: str, articles: Sequence[Article]) -> Measure:
    """The share of the commonest body: a template page gives every URL the same text."""
    [(_, times)] = Counter(article.body for article in articles).most_common(1)
    of = len(articles)
    return Measure(
        source=source,
        code="share_repeated",
        observed=times / of if times > 1 else 0.0,
        high=REPEATED_AT_MOST,
        alarm_above=REPEATED_AT_MOST,
        severity=Severity.WARNING,
        message=f"{times} of {of} articles of {source!r} have the same body: the site may serve a "
        "template or a wall instead of articles; see one with `newsdesk explain URL`",
    )


def _median_words(source: str, articles: Sequence[Article]) -> Measure:
    words = float(median(article.word_count for article in articles))
    low, high = MEDIAN_WORDS
    return Measure(
        source=source,
        code="median_words",
        observed=words,
        low=low,
        high=high,
        alarm_below=low,
        alarm_above=high,
        severity=Severity.NOTICE,
        message=f"half of the {len(articles)} articles of {source!r} have under {words:.0f} words, {low} to "
        f"{high} are usual: teasers or whole pages may be taken for bodies",
    )


def _in_language(source: str, articles: Sequence[Article], language: str | None) -> tuple[Measure, ...]:
    """Articles without a detected language are not counted. A site without a source file has no expected language."""
    known = [article.language for article in articles if article.language]
    if language in (None, _UNKNOWN_LANGUAGE) or len(known) < SAMPLE_AT_LEAST:
        return ()
    expected = language.partition("-")[0]
    hits = sum(each == expected for each in known)
    what = f"are in {expected!r}"
    return (_share(source, "share_in_language", hits, len(known), IN_LANGUAGE_AT_LEAST, what),)
