"""A finding: something that a person should know, about a source or a batch."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """`WARNING`: a person must act within days. `NOTICE`: a person may want to look."""

    NOTICE = "notice"
    WARNING = "warning"


KINDS: Mapping[str, str] = {
    "archive_damaged": "A record of the archive is damaged: put the file back from a backup.",
    "archive_not_in_archive": "The warehouse names a capture that the archive lacks: put the file back.",
    "archive_not_in_warehouse": "The archive has a capture that the warehouse does not know: `newsdesk rebuild`.",
    "archive_torn": "A segment ends in the middle of a record: `newsdesk archive check --repair` cuts it off.",
    "archive_unfinished": "A segment's run is gone: `newsdesk archive check --repair` finishes the file.",
    "articles_per_day": "Articles a day over a week are outside `expect.articles_per_day`: look, or correct it.",
    "challenge_pages": "Pages of a host were challenges or forms to log in: ask the publisher, or remove it.",
    "date_not_understood": "Articles without a date state one that no form fits, or that is ambiguous: look at one.",
    "date_vetoed": "Articles without a date state one that two readers read differently: `newsdesk explain URL`.",
    "date_weekday_wrong": "Dates name the weekday of another day, and are read all the same: look at one.",
    "drift_broken": "The latest articles have wrongly decoded characters: which charset does the site name?",
    "drift_long": "The latest articles are far longer than the source's: whole pages may be taken for bodies.",
    "drift_other_language": "The latest articles are in another language than before: look at its feeds.",
    "drift_partial": "More of the latest articles are not whole than before: a new paywall, or a new layout?",
    "drift_refused": "The latest pages gave no article (consent, challenge, soft 404, no text): look at a few.",
    "drift_short": "The latest articles are far shorter than the source's: teasers may be taken for bodies.",
    "drift_undated": "The latest articles have no date, unlike before: see one with `newsdesk explain URL`.",
    "drift_unsigned": "The latest articles name no author, unlike before: has the layout changed?",
    "feed_is_no_feed": "A feed that had entries answers with a page: look whether its URL is still right.",
    "feed_moved": "A feed said several times that it moved for good: change its URL in the source's file.",
    "feed_shrank": "A feed lists fewer than half of its entries of before: look whether its URL is still right.",
    "feed_went_empty": "A feed that had entries has none: look whether its URL is still right.",
    "feeds_failing": "Some feeds of a source fail, others answer: correct or remove those that fail.",
    "layout_changed": "The latest pages of a site hold their text elsewhere than earlier ones: look at a few.",
    "median_words": "Half of the articles are shorter or longer than news is: see one with `newsdesk explain URL`.",
    "no_feeds": "A backfill asked a source for feeds, and its file names none: `newsdesk sources discover URL`.",
    "no_sitemaps": "A backfill asked a source for sitemaps, and nothing names one: `newsdesk sources discover URL`.",
    "share_full": "Few articles of a batch are whole: has the outlet a paywall, or a new layout?",
    "share_in_language": "Most articles of a batch are not in the source's language: correct its file.",
    "share_repeated": "Many articles of a batch have the same text: a template or a wall was read in their place.",
    "share_with_author": "Fewer articles name an author than `expect.share_with_author`: has the layout changed?",
    "share_with_date": "Fewer articles have a date than `expect.share_with_date`: has the layout changed?",
    "source_dried_up": "Feeds answer, but list nothing unseen for far longer than is usual: are they frozen?",
    "source_file_ignored": "A file of the sources folder is not read: its name does not end in `.toml`.",
    "source_file_wrong": "A source file is wrong, so its source is left out: correct the line that is named.",
    "source_never_answered": "None of a source's feeds could ever be read: correct its file.",
    "source_never_polled": "No run took the source up yet: run an ingest.",
    "source_not_polled": "No run took the source up for 48 hours: is the schedule running?",
    "source_quarantined": "A feed changed too much at once, its new entries were ignored: check the feed.",
    "source_silent": "No feed of a source could be read for 24 hours: look whether its site is there.",
    "source_surged": "Far more articles than usual on the last two days: look at a few.",
    "source_thinned_out": "Far fewer articles than usual on the last two days: look at its feeds.",
    "unread_range": "A range of a WARC file could not be read: give the command again once it can.",
    "volume": "A batch holds no article: see the outcomes of its URLs.",
    "validators_wrong": "A feed said that nothing had changed (304, or the same ETag) when it had new entries. Polls "
    "fetch it in full until its validators are right again: nothing is to be done.",
}
"""By code: what a finding of the kind says, and what to do."""


class Finding(BaseModel):
    """One broken expectation or event."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that noticed it.")
    source: str | None = Field(None, description="Slug of the source; NULL: of the whole batch.")
    code: str = Field(description="Code of the expectation or event.")
    severity: Severity = Field(description="notice or warning.")
    message: str = Field(description="What is wrong, where, and what to do.")
    observed: float | None = Field(None, description="The value that was observed; NULL: not a number.")
    low: float | None = Field(None, description="Lower end of the band; NULL: open.")
    high: float | None = Field(None, description="Upper end of the band; NULL: open.")
    at: AwareDatetime = Field(description="When it was noticed (UTC).")
    about: str | None = Field(
        None, description="The feed, domain, file or chunk that it is about; NULL: the whole source or batch."
    )
