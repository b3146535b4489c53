"""A wrapper is learned, tried, trusted, and retired when it stops agreeing."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from bench.extract_adapter import History
from bench.inputs.extract_pages import Site
from schemas.items.site_page import Method, PageSight, SiteHistory, SiteMemory, Wrapper, WrapperState
from tasks.pure.body.choose import BodyText, read_text
from tasks.pure.body.paragraph_rules import Setting
from tasks.pure.page.lines import container_of, page_lines
from tasks.pure.site.wrappers import KnownSite, Writer, agreement, is_check, joined, next_wrapper, wrapped
from tests.support.extraction_samples import FETCHED_AT, SENTENCE, article_html, page_of
from tests.tasks.pure.site.test_memory import MORE_SLOT, TEXT_SLOT, line, sight, story

AUTHOR = Writer("courier", "run", FETCHED_AT + timedelta(hours=1))
LATER = FETCHED_AT + timedelta(hours=2)


def seen(numbers: range, **changes: object) -> list[PageSight]:
    """Pages of a site, each with its own story and a line of links below it."""
    pages = [sight(n, [*story(n), line(f"Another story {n}", MORE_SLOT, linked=15, kept=False)]) for n in numbers]
    return [page.model_copy(update={"container": "div.story"} | changes) for page in pages]


def learned() -> Wrapper:
    wrapper = next_wrapper(None, seen(range(10)), AUTHOR)
    assert wrapper is not None
    return wrapper


def moved(state: WrapperState, agreements: Sequence[float], start: WrapperState) -> None:
    checks = [seen(range(n, n + 1), wrapper=1, agreement=a, seen_at=LATER)[0] for n, a in enumerate(agreements)]
    wrapper = next_wrapper(learned().model_copy(update={"state": start}), checks, AUTHOR)
    assert wrapper is not None
    assert (wrapper.state, wrapper.checks) == (state, len(agreements))


def test_ten_pages_teach_where_a_site_keeps_its_text() -> None:
    wrapper = learned()

    assert (wrapper.version, wrapper.state, wrapper.pages) == (1, WrapperState.TRIAL, 10)
    assert (wrapper.containers, wrapper.text_slots) == (("div.story",), (TEXT_SLOT,))
    assert wrapper.other_slots == (MORE_SLOT,)


@pytest.mark.parametrize(
    "pages",
    [
        seen(range(9)),
        seen(range(10), covered=0.5),
        seen(range(10), container=None),
        seen(range(10), road=Method.WRAPPER),
    ],
    ids=["nine pages", "text that stands in no lines", "no container", "pages that a wrapper read"],
)
def test_these_pages_teach_no_wrapper(pages: list[PageSight]) -> None:
    assert next_wrapper(None, pages, AUTHOR) is None


def test_five_pages_of_agreement_make_it_trusted() -> None:
    moved(WrapperState.TRUSTED, [0.99] * 5, start=WrapperState.TRIAL)


def test_disagreement_on_trial_retires_it() -> None:
    moved(WrapperState.RETIRED, [1.0, 1.0, 1.0, 1.0, 0.2], start=WrapperState.TRIAL)


def test_a_trusted_one_that_stops_agreeing_is_retired() -> None:
    moved(WrapperState.RETIRED, [0.8] * 5, start=WrapperState.TRUSTED)


def test_a_trusted_one_that_many_pages_do_not_fit_is_retired() -> None:
    unfit = seen(range(20), wrapper=1, seen_at=LATER)
    trusted = learned().model_copy(update={"state": WrapperState.TRUSTED})

    retired = next_wrapper(trusted, unfit, AUTHOR)

    assert retired is not None
    assert retired.state is WrapperState.RETIRED


def test_four_checks_change_nothing() -> None:
    assert next_wrapper(learned(), seen(range(4), wrapper=1, agreement=1.0), AUTHOR) is None


def test_a_retired_one_is_learned_again_from_pages_seen_since() -> None:
    retired = learned().model_copy(update={"state": WrapperState.RETIRED})

    again = next_wrapper(retired, seen(range(10), seen_at=LATER), AUTHOR)

    assert next_wrapper(retired, seen(range(10)), AUTHOR) is None
    assert again is not None
    assert (again.version, again.state) == (2, WrapperState.TRIAL)


def test_one_on_trial_is_compared_on_ten_pages_of_a_batch() -> None:
    site = KnownSite((), SiteMemory(wrapper=learned()), None)

    assert [site.memory_of(place).is_compared for place in (0, 9, 10)] == [True, True, False]


def known(wrapper: Wrapper | None, sights: Sequence[PageSight] = ()) -> KnownSite:
    """A site with that wrapper, which the batch before is to write."""
    return KnownSite(tuple(sights), SiteMemory(wrapper=wrapper), wrapper)


def test_of_the_wrapper_that_is_stored_and_the_one_that_the_batch_before_learned_the_further_one_counts() -> None:
    trial = learned()
    trusted, retired = (trial.model_copy(update={"state": each}) for each in WrapperState if each is not trial.state)
    second = trial.model_copy(update={"version": 2})

    for one, further in ((None, trial), (trial, trusted), (trusted, retired), (retired, second), (None, None)):
        for stored, before in ((one, further), (further, one), (further, further)):
            assert joined(SiteHistory(wrapper=stored), known(before)).wrapper == further


def test_the_pages_of_the_batch_before_are_known_beside_the_stored_ones_each_article_by_its_latest() -> None:
    stored, again = seen(range(3)), seen(range(2, 4), seen_at=LATER)
    again = [page.model_copy(update={"capture_id": UUID(int=90 + n)}) for n, page in enumerate(again)]

    pages = joined(SiteHistory(sights=tuple(stored)), known(None, again)).sights

    assert pages == (*stored[:2], *again)
    assert joined(SiteHistory(sights=tuple(seen(range(50)))), known(None, seen(range(70)))).sights == tuple(
        seen(range(10, 70))
    )


def test_a_batch_that_is_behind_none_knows_what_is_stored() -> None:
    stored = SiteHistory(sights=tuple(seen(range(3))), wrapper=learned())

    assert joined(stored, None) is stored


@pytest.mark.parametrize("is_compared", [True, False])
def test_a_page_on_which_it_is_not_compared_is_read_by_the_rules_alone(is_compared: bool) -> None:
    page = page_of(article_html("".join(f"<p>{n} {SENTENCE}</p>" for n in range(9))))

    reading = read_text(page, Setting(""), SiteMemory(wrapper=learned(), is_compared=is_compared), is_check=True)

    assert isinstance(reading, BodyText)
    assert (reading.road, reading.agreement) == (Method.RULES, 0.0 if is_compared else None)


def test_a_page_that_stands_elsewhere_does_not_fit() -> None:
    lines = page_lines(page_of(article_html("".join(f'<p class="n">{n} {SENTENCE}</p>' for n in range(9)))).tree)
    wrapper = learned()

    assert wrapped(wrapper, lines) is None
    assert wrapped(wrapper.model_copy(update={"text_slots": (lines[0].slot,)}), lines) == [one.text for one in lines]


@pytest.mark.parametrize(
    ("opening", "container"),
    [("<div class=story>", "div.story"), ("<div>", "article."), ("<div id=text>", "div.#text")],
    ids=["its class", "the article around it where it has no name", "its id"],
)
def test_the_container_of_lines_is_named_by(opening: str, container: str) -> None:
    page = page_of(article_html(f"{opening}<p>{SENTENCE}</p><p>Again {SENTENCE}</p></div><p>Tags</p>"))
    text = [line for line in page_lines(page.tree) if len(line.text) >= len(SENTENCE)]

    assert container_of(text) == container


def test_agreement_counts_words_in_common() -> None:
    assert agreement(["a b c d"], ["a b", "c d"]) == 1.0
    assert agreement(["a b c d"], ["a b x y"]) == 0.5


def test_a_site_gets_from_rules_to_a_trusted_wrapper_and_its_furniture_goes() -> None:
    site, history = Site(3, bulk=60), History("paper3.example")
    first = history.extract([(page.html, page.url) for page in map(site.page, range(10))])
    for start in (10, 20):
        history.extract([(page.html, page.url) for page in map(site.page, range(start, start + 10))])
    late = [site.page(number) for number in range(30, 40)]

    texts = [article.body if article else "" for article in history.extract([(p.html, p.url) for p in late])]

    assert all(article is not None for article in first)
    assert history.wrapper is not None
    assert history.wrapper.state is WrapperState.TRUSTED
    assert {page.road for page in history.sights[-10:]} == {Method.WRAPPER}
    assert texts == ["\n\n".join(page.paragraphs) for page in late]


def test_after_a_redesign_the_rules_read_again_and_a_second_wrapper_is_learned() -> None:
    history = History("paper3.example")
    for number in range(0, 30, 10):
        history.extract([(page.html, page.url) for page in map(Site(3, bulk=60).page, range(number, number + 10))])
    redesigned = Site(3, redesign=1, bulk=60)
    for number in range(30, 90, 10):
        history.extract([(page.html, page.url) for page in map(redesigned.page, range(number, number + 10))])

    assert history.wrapper is not None
    assert (history.wrapper.version, history.wrapper.state) == (2, WrapperState.TRUSTED)


def test_capture_ids_are_drawn_for_checks_one_in_twelve() -> None:
    assert sum(is_check(UUID(int=number)) for number in range(120)) == 10
