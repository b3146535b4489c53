"""A page that is not a whole article is marked, with evidence."""

import pytest

from schemas.items.article import Completeness
from tasks.pure.article.completeness import CompletenessVerdict, judge
from tasks.pure.article.signs import read_signs
from tasks.pure.text.fingerprints import word_count
from tests.support.extraction_samples import SENTENCE, page_of

CLOSED = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false%s}</script>'


def verdict(
    html: str, paragraphs: list[str], summary: str | None = None, url: str = "https://x.example/a"
) -> CompletenessVerdict:
    page = page_of(html, url)
    return judge(page, read_signs(page), paragraphs, word_count(" ".join(paragraphs)), summary)


SHORT, LONG = [SENTENCE] * 3, [SENTENCE] * 60


@pytest.mark.parametrize(
    ("html", "paragraphs", "expected"),
    [
        ("<h1>Story</h1>", LONG, Completeness.FULL),
        ("<h1>Story</h1>", SHORT, Completeness.FULL),
        ("<title>Just a moment...</title>", ["Checking your connection."], Completeness.CHALLENGE),
        ("<title>x</title><div id=px-captcha></div>", ["Press and hold."], Completeness.CHALLENGE),
        ("<title>Story</title><div class=g-recaptcha></div>", LONG, Completeness.FULL),
        ("<title>Log in</title><form><input type=password></form>", ["Your e-mail."], Completeness.CHALLENGE),
        ("<h1>Anmelden</h1><form><input type=PASSWORD></form>", ["Ihre E-Mail."], Completeness.CHALLENGE),
        ("<h1>Sign in parliament</h1><p>No form here.</p>", SHORT, Completeness.FULL),
        ("<h1>Story</h1><form><input type=password></form>", SHORT, Completeness.FULL),
        ("<h1>Log in to history</h1><input type=password>", LONG, Completeness.FULL),
        ("<title>404 Not Found</title>", ["Gone."], Completeness.SOFT_404),
        ("<title>Seite nicht gefunden</title>", ["Weg."], Completeness.SOFT_404),
        ("<h1>Сторінку не знайдено</h1>", ["Немає."], Completeness.SOFT_404),
        ("<h1>404 days at sea</h1>", LONG, Completeness.FULL),
        ("<h1>Story</h1><p>We use cookies. Cookie settings. Accept all cookies</p>", LONG, Completeness.FULL),
        ("<h1>We value your privacy</h1><p>Accept all cookies</p>", ["Accept all cookies"], Completeness.CONSENT),
        (CLOSED % "", SHORT, Completeness.PAYWALLED),
        (CLOSED % "", LONG, Completeness.FULL),
        (CLOSED % ',"wordCount":51', SHORT, Completeness.FULL),
        ("<div class=paywall>Subscribe to continue reading</div>", SHORT, Completeness.PAYWALLED),
        ("<p>Subscribe to continue reading our newsletter</p>", LONG, Completeness.FULL),
        ('<script type="application/ld+json">{"@type":"LiveBlogPosting"}</script>', LONG, Completeness.LIVEBLOG),
        ("<a href=/b>Read more</a>", ["The beginning of it all …"], Completeness.TEASER),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","wordCount":900}</script>',
            SHORT,
            Completeness.TEASER,
        ),
        ('<script type="application/ld+json">{"@type":"VideoObject"}</script>', SHORT, Completeness.OTHER),
    ],
)
def test_a_page_is_judged(html: str, paragraphs: list[str], expected: Completeness) -> None:
    assert verdict(html, paragraphs).completeness is expected


def test_a_text_that_is_the_feeds_summary_is_a_teaser() -> None:
    assert verdict("<h1>Story</h1>", [SENTENCE], SENTENCE).completeness is Completeness.TEASER


def test_a_consent_page_is_known_by_its_address() -> None:
    found = verdict("<p>Bonjour</p>", ["Bonjour"], url="https://consent.x.example/v2?from=story")

    assert found == CompletenessVerdict(Completeness.CONSENT, ("url: 'https://consent.'",))


def test_the_evidence_says_what_was_seen() -> None:
    assert verdict(CLOSED % "", [*SHORT, "It went on …"]).evidence == (
        "json_ld: isAccessibleForFree false",
        "text ends in: '…'",
    )
