"""What a site's pages have in common is furniture, what varies is text."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from schemas.items.site_page import Block, Method, PageSight, Removal, SiteMemory
from tasks.pure.page.lines import line_key, page_lines
from tasks.pure.site.memory import familiarity, layout_finding, learn, without_furniture
from tasks.pure.text.clean import letters_only
from tests.support.extraction_samples import FETCHED_AT, article_html, page_of

TEXT_SLOT, MORE_SLOT = "p.text < div.story < main.", "p.more < div.story < main."
PROMO = "The Courier has been printed on the quay since the year of the great storm."


def line(text: str, slot: str = TEXT_SLOT, linked: int = 0, kept: bool = True) -> Block:
    return Block(slot=slot, key=line_key(letters_only(text)), chars=len(text), linked=linked, kept=kept)


def story(number: int, paragraphs: int = 4) -> list[Block]:
    return [
        line(f"Paragraph {place} of story {number} says what no other story does.") for place in range(paragraphs)
    ]


def sight(number: int, blocks: Sequence[Block], familiar: float | None = None) -> PageSight:
    return PageSight(
        run_id="run",
        source="courier",
        article_id=UUID(int=number),
        capture_id=UUID(int=number),
        seen_at=FETCHED_AT,
        covered=1.0,
        blocks=tuple(blocks),
        road=Method.RULES,
        familiarity=familiar,
    )


def test_a_line_on_two_articles_is_furniture_and_what_varies_is_not() -> None:
    memory = learn([sight(number, [*story(number), line(PROMO)]) for number in (1, 2)])

    assert memory.repeated == {line_key(letters_only(PROMO))}


def test_a_short_line_on_two_articles_may_be_a_question_that_both_ask() -> None:
    pages = [sight(number, [*story(number), line("What is your advice?")]) for number in (1, 2, 3)]

    assert not learn(pages[:2]).repeated
    assert learn(pages).repeated == {line_key(letters_only("What is your advice?"))}


def test_the_same_story_under_two_addresses_teaches_nothing() -> None:
    memory = learn([sight(1, story(1)), sight(2, story(1)), sight(3, story(3))])

    assert (memory.pages, memory.repeated) == (2, frozenset())


def test_a_slot_of_links_is_furniture_though_every_page_links_elsewhere() -> None:
    pages = [sight(n, [*story(n), line(f"Another story {n}, linked", MORE_SLOT, linked=24)]) for n in range(3)]

    assert learn(pages).furniture == {MORE_SLOT}
    assert learn(pages).text_slots == {TEXT_SLOT}


def test_two_pages_are_too_few_to_judge_a_slot() -> None:
    pages = [sight(n, [*story(n), line(f"Another story {n}, linked", MORE_SLOT, linked=24)]) for n in range(2)]

    assert (learn(pages).furniture, learn(pages).text_slots) == (frozenset(), frozenset())


def test_a_site_without_history_teaches_nothing() -> None:
    assert learn([]) == SiteMemory()


def test_furniture_goes_and_the_account_says_why() -> None:
    lines = page_lines(page_of(article_html(f"<p>It rained.</p><p>{PROMO}</p>")).tree)
    memory = SiteMemory(pages=7, repeated=frozenset({line_key(letters_only(PROMO))}))
    removals: list[Removal] = []

    assert without_furniture(["It rained. " * 9, PROMO], lines, memory, removals) == ["It rained. " * 9]
    assert removals == [Removal(rule="site: this line is on other pages, of 7 known", text=PROMO[:80])]


def test_a_page_most_of_whose_text_is_known_is_a_double_and_stays_whole() -> None:
    memory = SiteMemory(pages=7, repeated=frozenset({line_key(letters_only(PROMO))}))

    assert without_furniture(["It rained.", PROMO], [], memory) == ["It rained.", PROMO]


def test_familiarity_is_the_share_of_the_text_that_stands_where_text_stood_before() -> None:
    memory = SiteMemory(pages=7, text_slots=frozenset({TEXT_SLOT}))
    blocks = [line("a" * 60), line("b" * 20, "p.other"), line("c" * 99, "p.other", kept=False)]

    assert familiarity(blocks, memory) == 0.75
    assert familiarity(blocks, SiteMemory()) is None


def pages(shares: Sequence[float]) -> list[PageSight]:
    return [sight(number, [], share) for number, share in enumerate(shares)]


def test_a_new_layout_is_found_when_five_pages_show_it() -> None:
    finding = layout_finding("courier", "run", FETCHED_AT, pages([1.0] * 12 + [0.1] * 2), pages([0.1] * 3))

    assert finding is not None
    assert finding.code == "layout_changed"
    assert finding.observed == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("past", "fresh"),
    [
        ([1.0] * 12, [1.0] * 3),
        ([1.0] * 12, [0.1] * 2),
        ([1.0] * 4, [0.1] * 5),
        ([0.3] * 12, [0.1] * 5),
        ([1.0] * 12 + [0.1] * 5, [0.1]),
        ([1.0] * 12 + [0.1] * 5, []),
    ],
    ids=["alike", "too few", "no past", "never alike", "told before", "nothing came"],
)
def test_no_new_layout_is_claimed(past: list[float], fresh: list[float]) -> None:
    assert layout_finding("courier", "run", FETCHED_AT, pages(past), pages(fresh)) is None
