"""The hash of a URL that was forgotten, and what stands in the ledger in its place."""

from schemas.runs.forget import PREFIX, hash_of
from tasks.pure.urls.former_form import former_form
from tasks.pure.urls.normalise import canonical_form


def form_of(url: str) -> str:
    """The canonical form, or the URL itself where it has none."""
    return canonical_form(url) or url


def forms_of(url: str) -> frozenset[str]:
    """The canonical form, and the one that versions up to 0.1 stored."""
    form = form_of(url)
    is_web = form.startswith(("http://", "https://"))
    return frozenset({form, former_form(form)} if is_web else {form})


def url_hash(url: str) -> str:
    """The hash by which a tombstone knows the URL, in any spelling with the same canonical form."""
    return hash_of(form_of(url))


def pseudonym(url: str) -> str:
    """What stands in the ledger in place of the URL: it can be compared, not read."""
    return url if url.startswith(PREFIX) else PREFIX + url_hash(url)
