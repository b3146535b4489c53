"""Marks in the markup and the URL by which walls, challenges and live blogs are known, in any language."""

import re


def _in_lower_case(*phrases: str) -> re.Pattern[str]:
    """For markup in lower case: matching without case takes five times as long, and pages have much markup."""
    return re.compile("|".join(phrases))


CHALLENGE_MARK = _in_lower_case(
    "cf-challenge",
    "challenge-platform/h/",
    "cf_chl_",
    r"incapsula incident|incapsula_resource[^\n]*incident",
    "px-captcha",
    "captcha-delivery",
    "js-challenge",
)
"""In the markup of challenge pages alone."""
CAPTCHA_MARK = _in_lower_case(
    "challenge-platform",
    "cf-turnstile",
    "incapsula_resource",
    "perimeterx",
    "datadome",
    "ddos-guard",
    "[gh]-(?:re)?captcha",
)
"""In the markup of challenge pages, and of pages with a form or a script against robots: Cloudflare puts its
`challenge-platform/scripts/jsd` into any page."""
CONSENT_URL = re.compile(
    r"^https?://(?:consent|cmp|guce)\.|/(?:consent|cookie-?wall|privacy-?gate|collectconsent)(?:[/?]|$)",
    re.IGNORECASE,
)
PAYWALL_CLASS = _in_lower_case(
    r"\b(?:paywall|piano-offer|subscriber-only|premium-(?:lock|wall)|regwall|meter-wall|locked-content)\b"
)
CUT_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
LIVE_URL = re.compile(r"/(?:live|liveblog|live-?ticker|live-?updates?|direct|directo|en-direct|live-news)(?:[/-]|$)")
"""In the path of a URL, in lower case."""
LIVE_CLASS = re.compile(
    r"\b(?:live-?(?:blog|ticker|update|feed)s?|ticker)[-_]*(?:post|entry|entries|item|update|event|block|message)s?\b"
)
CLOCK = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?[ ,]+)?\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"\s*(?:uhr|h|[ap]\.?m\.?|cest?|gmt|utc)?",
    re.IGNORECASE,
)
"""A whole text that is the time of day of an entry."""
