"""How well labels are told, by kind and language, on pages written for it: precision and recall."""

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from schemas.items.article import Completeness
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link
from schemas.items.outcome import Reason, Refusal
from schemas.sources.source import Source
from tasks.pure.article.build import extract_article

TEXTS = Path(__file__).parent / "label_texts.toml"
_AT = datetime(2026, 11, 1, tzinfo=UTC)
_REFUSED = {
    Reason.SOFT_404: Completeness.SOFT_404,
    Reason.CONSENT_PAGE: Completeness.CONSENT,
    Reason.CHALLENGE_PAGE: Completeness.CHALLENGE,
    Reason.EMPTY_TEXT: Completeness.UNKNOWN,
    Reason.EMPTY_BODY: Completeness.UNKNOWN,
}
KINDS = tuple(one for one in Completeness if one not in (Completeness.OTHER, Completeness.UNKNOWN))


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page, what it is, and what its layout tries. `kinds`: every label that is right, the first for the count."""

    language: str
    name: str
    html: str
    kinds: tuple[Completeness, ...]
    path: str = "/local/ferry-terminal-to-be-rebuilt"


Texts = dict[str, object]


def pages(language: str, texts: Texts) -> Iterator[LabelledPage]:
    """The pages of one language: each kind in two layouts or more, and articles that look like one of them."""
    yield from _gates(language, texts)
    yield from _parts(language, texts)
    yield from _articles(language, texts)


def _strings(texts: Texts, name: str) -> list[str]:
    found = texts[name]
    assert isinstance(found, list)
    return found


def _paragraphs(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{one}</p>" for one in sentences)


def _page(language: str, title: str, inside: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<header><a href=/>Courier</a><nav><a href=/local>Local</a><a href=/in>Log in</a></nav></header>{inside}"
        "<footer><a href=/imprint>Imprint</a> <a href=/cookies>Cookie settings</a></footer></body></html>"
    )


def _gates(language: str, texts: Texts) -> Iterator[LabelledPage]:
    for kind in (Completeness.CHALLENGE, Completeness.SOFT_404, Completeness.CONSENT):
        title, said = _strings(texts, kind.value)
        boxed = f"<main><h1>{title}</h1><p>{said}</p></main>"
        yield LabelledPage(
            language, "title of the outlet beside", _page(language, f"{title} | Courier", boxed), (kind,)
        )
        alone = f"<html lang={language}><title>{title}</title><body><div id=main><p>{said}</p></div></body></html>"
        yield LabelledPage(language, "no frame", alone, (kind,))
    title, said = _strings(texts, "soft_404")
    cards = "".join(f"<li><a href=/a{number}>{one}</a></li>" for number, one in enumerate(_strings(texts, "news")))
    listed = f"<main><h1>{title}</h1><p>{said}</p><aside><ul>{cards}</ul></aside></main>"
    yield LabelledPage(language, "with other articles", _page(language, title, listed), (Completeness.SOFT_404,))
    mark = "<script>window._cf_chl_opt={cvId:'3'}</script>"
    bare = f"<html><title>courier.example</title><body>{mark}<p>{_strings(texts, 'challenge')[1]}</p></body></html>"
    yield LabelledPage(language, "a mark alone", bare, (Completeness.CHALLENGE,))


def _parts(language: str, texts: Texts) -> Iterator[LabelledPage]:
    prose, (box, again) = _strings(texts, "prose"), _strings(texts, "paywall")
    head = f"<h1>{_headline(texts)}</h1>"
    closed = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    walled = f"<article>{head}{_paragraphs(prose)}<div class=offer><h3>{box}</h3><p>{again}</p></div></article>"
    yield LabelledPage(language, "a box", _page(language, _headline(texts), walled), (Completeness.PAYWALLED,))
    cut = f"<article>{head}{_paragraphs(prose)}<section><p>{box}</p></section></article>"
    yield LabelledPage(
        language, "a box, stated", _page(language, _headline(texts), cut, closed), (Completeness.PAYWALLED,)
    )
    more = f"<article>{head}{_paragraphs(prose[:2])}<p><a href=/whole>{texts['teaser']}</a></p></article>"
    yield LabelledPage(language, "a link", _page(language, _headline(texts), more), (Completeness.TEASER,))
    ended = prose[1].rstrip(".。") + " …"
    yield LabelledPage(
        language,
        "an ellipsis",
        _page(language, _headline(texts), f"<article>{head}{_paragraphs([prose[0], ended])}</article>"),
        (Completeness.TEASER, Completeness.UNKNOWN),
    )
    entries = "".join(
        f"<div class=entry><time>{20 - number // 4}:{10 + number}</time>{_paragraphs([prose[number % 4]])}</div>"
        for number in range(12)
    )
    live = f"<article><h1>{texts['liveblog']}</h1>{entries}</article>"
    yield LabelledPage(
        language, "entries", _page(language, f"{texts['liveblog']} | Courier", live), (Completeness.LIVEBLOG,)
    )


def _headline(texts: Texts) -> str:
    """The first words of the article: no headline of any kind."""
    return _strings(texts, "prose")[3].rstrip(".。")[:60]


def _articles(language: str, texts: Texts) -> Iterator[LabelledPage]:
    """Hard negatives. A few sentences may be unknown; a page of many is an article."""
    prose, full = _strings(texts, "prose"), (Completeness.FULL,)
    box = f"<form class=box><p>{texts['newsletter']}</p><input type=email></form>"
    for title in _strings(texts, "news"):
        inside = f"<article><h1>{title}</h1>{_paragraphs([f'{title}.', *prose])}</article>"
        yield LabelledPage(language, "news on it", _page(language, f"{title} | Courier", inside), full)
    long = f"<h1>{_headline(texts)}</h1>{_paragraphs(prose * 3)}"
    yield LabelledPage(
        language, "a newsletter box", _page(language, _headline(texts), f"<article>{long}</article>{box}"), full
    )
    brief = f"<article><h1>{_strings(texts, 'challenge')[0]}</h1>{_paragraphs(prose[:3])}</article>"
    yield LabelledPage(language, "a challenge's title", _page(language, _strings(texts, "challenge")[0], brief), full)
    asked = f"<div class=embed><p>{_strings(texts, 'consent')[1]}</p></div>"
    embed = f"<article><h1>{_headline(texts)}</h1>{_paragraphs(prose)}{asked}</article>"
    yield LabelledPage(language, "consent of an embed", _page(language, _headline(texts), embed), full)
    quoted = _paragraphs([*prose, f"{prose[0].rstrip('.。')}: {_strings(texts, 'paywall')[0]}."])
    quote = f"<article><h1>{_strings(texts, 'news')[3]}</h1>{quoted}</article>"
    yield LabelledPage(language, "a wall that is quoted", _page(language, _strings(texts, "news")[3], quote), full)
    badge = f"<b>{_strings(texts, 'paywall')[0]}</b>"
    card = f"<aside><ul><li><a href=/b>{_strings(texts, 'news')[4]} {badge}</a></li></ul></aside>"
    yield LabelledPage(
        language, "a wall on a card", _page(language, _headline(texts), f"<article>{long}</article>{card}"), full
    )
    hidden = f"<div class=paywall hidden><p>{_strings(texts, 'paywall')[0]}</p></div>"
    yield LabelledPage(
        language,
        "a wall that is hidden",
        _page(language, _headline(texts), f"<article>{long}</article>{hidden}"),
        full,
    )


def label(page: LabelledPage) -> tuple[Completeness, str]:
    """What the pipeline tells of the page, and by what."""
    url = f"https://courier.example{page.path}"
    capture = Capture(
        capture_id=uuid5(NAMESPACE_URL, url),
        run_id="bench",
        link=Link(url=url, source="bench", found_in="bench", found_at=_AT),
        final_url=url,
        status=200,
        fetched_at=_AT,
        elapsed_s=0.0,
        body_bytes=len(page.html),
        warc=WarcPointer(file="bench", offset=0, length=1, digest="sha256:"),
    )
    source = Source(slug="bench", name="Courier", homepage="https://courier.example/", language="en", country="us")
    answer = extract_article(page.html.encode(), capture, source).answer
    if isinstance(answer, Refusal):
        return _REFUSED[answer.reason], answer.detail or ""
    return answer.completeness, "; ".join(answer.completeness_evidence)


def main() -> None:
    """Print precision and recall by kind and by language, held-out languages apart, and what was missed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--languages", default="", help="codes, separated by commas; all without")
    chosen = set(filter(None, parser.parse_args().languages.split(",")))
    told = [
        (bool(texts.get("held_out")), page, *label(page))
        for language, texts in tomllib.loads(TEXTS.read_text("utf-8")).items()
        if not chosen or language in chosen
        for page in pages(language, texts)
    ]
    for is_held_out in (False, True):
        ours = [(page, found) for held_out, page, found, _ in told if held_out is is_held_out]
        if ours:
            print(f"\n{'held out' if is_held_out else 'development'}: {len(ours)} pages")
            for line in _table(ours):
                print(line)
    for _, page, found, why in told:
        if found not in page.kinds:
            print(f"{page.language}  {page.kinds[0].value}, {page.name}: told as {found.value}  {why[:100]}")


def _table(told: list[tuple[LabelledPage, Completeness]]) -> Iterator[str]:
    hits, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for page, said in told:
        is_right = said in page.kinds
        for key in (page.kinds[0].value, page.language):
            wanted[key] += 1
            hits[key] += is_right
        for key in (page.kinds[0].value if is_right else said.value, page.language):
            found[key] += 1
    yield f"{'':12}{'precision':>10}{'recall':>8}{'pages':>7}"
    for key in (*(kind.value for kind in KINDS), *sorted({page.language for page, _ in told})):
        precision = f"{hits[key] / found[key]:.2f}" if found[key] else "–"
        yield (
            f"{key:12}{precision:>10}{hits[key] / wanted[key]:>8.2f}{wanted[key]:>7}" if wanted[key] else f"{key:12}"
        )


if __name__ == "__main__":
    main()
