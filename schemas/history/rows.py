"""Rows that only the warehouse makes: those that are no step's own type."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.history.copies import CopyKind
from schemas.items.article import ArticleVersion
from schemas.items.link import UrlKind
from schemas.settings import POLICIES

LINK_DOMAIN = "Registrable domain of url (public suffix list); NULL: an earlier release loaded it."
LINK_IS_EXTERNAL = (
    "Whether domain is another one than that of the article's canonical_url; NULL: an earlier release loaded it."
)


class CaptureRow(BaseModel):
    """A row of main.captures: the archive's index."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID = Field(description="UUID of the WARC-Record-ID; the capture's key.")
    run_id: str = Field(description="The run that fetched it.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="The URL as it was found.")
    kind: UrlKind = Field(description="What the URL was asked for.")
    found_in: str = Field(description="URL of the feed or sitemap, or name of the list, that named the URL.")
    found_at: AwareDatetime = Field(description="When it was found there (UTC).")
    entry: str = Field(description="What the entry said of it, as JSON (type `EntryFacts`).")
    entry_newest_at: AwareDatetime | None = Field(None, description="Latest date of the entry (UTC); NULL: none.")
    final_url: str = Field(description="The URL that answered, after redirects.")
    status: int = Field(description="HTTP status of the answer.")
    media_type: str | None = Field(None, description="Media type of the answer; NULL: none was sent.")
    charset: str | None = Field(None, description="Charset of the Content-Type header, as sent; NULL: none.")
    etag: str | None = Field(None, description="ETag, as sent; NULL: none.")
    last_modified: str | None = Field(None, description="Last-Modified, as sent; NULL: none.")
    fetched_at: AwareDatetime = Field(description="When it was fetched (UTC).")
    elapsed_s: float = Field(description="Seconds that its requests took together.")
    attempts: int = Field(description="Requests sent for it, retries included.")
    body_bytes: int = Field(description="Decoded bytes of the body.")
    warc_file: str = Field(description="Path of the segment below the archive, with forward slashes.")
    warc_offset: int = Field(description="First byte of the record's gzip member.")
    warc_length: int = Field(description="Bytes of the record's gzip member.")
    warc_digest: str = Field(description="WARC-Payload-Digest, sha256:BASE32, of the decoded body.")
    guid: str | None = Field(None, description="GUID of the entry; NULL: none.")
    known_as: str | None = Field(None, description="Canonical URL of the article that moved here; NULL: none.")
    policies: tuple[str, ...] = Field(
        (), description=f"What its headers and files of its host reserve: {', '.join(POLICIES)}."
    )
    canonical_form: str | None = Field(
        None, description="The URL without trackers, fragment and other odds of spelling; NULL: it has none."
    )
    policy_evidence: tuple[str, ...] = Field(
        (), description="Files of its host that reserve one of them: tdmrep.json, robots.txt with the line, RSL."
    )


class ArticleRow(ArticleVersion):
    """A row of main.articles."""

    duplicate_of: UUID | None = Field(
        None,
        description="The article whose text it carries: the one that was published first; NULL: the text is its own, "
        "or no other article of the month has it.",
    )
    copy_kind: CopyKind | None = Field(
        None, description="How its text relates to that one's (main.copies has more); NULL: its own."
    )
    copy_share: float | None = Field(
        None,
        ge=0,
        description="The share of the shorter of the two texts that the longer holds, 0 to 1; NULL: its own.",
    )
    first_fetched_at: AwareDatetime = Field(description="First fetch of it (UTC).")
    dated_at: AwareDatetime = Field(
        description="published_at; first_fetched_at where the publisher gives no date (UTC). Reports count by it."
    )


class LinkOut(BaseModel):
    """A row of main.links_out."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article whose body holds the link.")
    version: int = Field(ge=1, description="The version of it that does.")
    position: int = Field(ge=1, description="1 for the first link of the body.")
    url: str = Field(description="Where it leads.")
    text: str | None = Field(None, description="Its words; NULL: none.")
    run_id: str = Field(description="The run that loaded it.")
    domain: str | None = Field(None, description=LINK_DOMAIN)
    is_external: bool | None = Field(None, description=LINK_IS_EXTERNAL)


class SourceFileState(BaseModel):
    """A row of ops.source_states."""

    model_config = ConfigDict(frozen=True)

    slug: str = Field(description="Slug of the source: the name of its file.")
    name: str = Field(description="Name of the outlet.")
    country: str = Field(description="ISO 3166-1 alpha-2 code in lower case.")
    language: str = Field(description="BCP 47 tag of the language that its texts are in.")
    homepage: str = Field(description="URL of its home page.")
    places: tuple[str, ...] | None = Field(
        None, description="Feeds, sitemaps and sections that it names; NULL: not recorded."
    )
    at: AwareDatetime = Field(description="When the first run that read it so began (UTC).")
    run_id: str = Field(description="That run.")


class SourceRow(BaseModel):
    """A row of main.sources."""

    model_config = ConfigDict(frozen=True)

    slug: str = Field(description="Slug of the source, as `source` in other tables.")
    name: str = Field(description="Name of the outlet.")
    country: str = Field(description="ISO 3166-1 alpha-2 code in lower case.")
    language: str = Field(description="BCP 47 tag of the language that its texts are in.")
    homepage: str = Field(description="URL of its home page.")
    since: AwareDatetime = Field(description="Its first fetch, or the first run that had its file (UTC).")


class ArticleAuthor(BaseModel):
    """A row of main.article_authors."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    position: int = Field(ge=1, description="1 for the person that the page names first.")
    name: str = Field(description="The person's name, as the page writes it.")


class ArticleLink(BaseModel):
    """A row of main.article_links."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="The article.")
    position: int = Field(ge=1, description="1 for the first link of the body.")
    url: str = Field(description="Where it leads.")
    domain: str | None = Field(None, description=LINK_DOMAIN)
    is_external: bool | None = Field(None, description=LINK_IS_EXTERNAL)
    text: str | None = Field(None, description="Its words; NULL: none.")


class Load(BaseModel):
    """A row of ops.loads: written in the transaction of the batch that it records."""

    model_config = ConfigDict(frozen=True)

    batch_id: UUID = Field(description="The batch; one that is here is never loaded again.")
    run_id: str = Field(description="The run that loaded it.")
    loaded_at: AwareDatetime = Field(description="When it was loaded (UTC).")
    versions_inserted: int = Field(ge=0, description="Rows that it added to main.article_versions.")
    outcomes: int = Field(ge=0, description="Rows that it added to ops.outcomes.")
    captures: int = Field(ge=0, description="Rows that it added to main.captures.")
    seconds: float = Field(ge=0, description="Seconds from the first look-up to this row.")
