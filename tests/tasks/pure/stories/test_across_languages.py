"""Names and loan words are found in another language and another script."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.history.story_links import InCommon, SharedTerms, SharedUrl
from tasks.pure.stories.across_languages import decide_links, heaviest, latin, likeness

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PAIR = (UUID(int=1), UUID(int=2), "en", "ru")


def test_a_name_in_cyrillic_is_like_the_name_in_latin_letters() -> None:
    assert likeness(latin({"лисса": 1.0}), latin({"lissa": 1.0})) == 1.0


def test_terms_that_are_written_alike_are_one_term() -> None:
    assert latin({"лисса": 0.6, "lissa": 0.8}).keys() == {"lissa"}


def test_no_common_word_is_no_likeness() -> None:
    assert likeness(latin({"hafen": 1.0}), latin({"ferry": 1.0})) == 0


def test_an_empty_vector_stays_empty() -> None:
    assert latin({}) == {}


def common(*products: float, terms: tuple[str, ...] = ("lissa", "2026", "nordh")) -> InCommon:
    return InCommon([SharedTerms(*PAIR, terms, products)], [], [])


def test_a_pair_that_was_not_linked_is_told_with_its_numbers_and_terms() -> None:
    (link,) = decide_links(common(0.2, 0.1, 0.1), 7, "run", NOON)

    assert link.strength == 0.4
    assert [(one.kind, one.what, one.share) for one in link.evidence] == [
        ("term", "lissa", 0.5),
        ("number", "2026", 0.25),
        ("term", "nordh", 0.25),
    ]


def test_a_likeness_above_one_by_rounding_is_one() -> None:
    assert decide_links(common(0.5, 0.3, 0.2003), 7, "run", NOON)[0].strength == 1


def test_a_link_that_stays_as_it_was_is_not_decided_again() -> None:
    found = common(0.2, 0.1, 0.1)
    stored = decide_links(found, 7, "run", NOON)

    assert decide_links(found._replace(stored=stored), 8, "later", NOON) == []


def test_a_link_without_anything_in_common_ends() -> None:
    stored = decide_links(common(0.2, 0.1, 0.1), 7, "run", NOON)

    (ended,) = decide_links(InCommon([], [], stored), 8, "later", NOON)

    assert (ended.strength, ended.evidence, ended.step) == (None, (), 8)


def test_a_shared_image_is_certain_and_comes_before_the_terms() -> None:
    url = "https://agency.example/7.jpg"
    found = common(0.2, 0.1, 0.1)._replace(urls=[SharedUrl(*PAIR, "image", url)])

    (link,) = decide_links(found, 7, "run", NOON)

    assert link.strength == 1
    assert (link.evidence[0].kind, link.evidence[0].what, link.evidence[0].share) == ("image", url, None)


def test_of_a_story_the_heaviest_forty_terms_are_compared() -> None:
    its = heaviest({f"t{number:03}": float(number) for number in range(1, 81)})

    assert next(iter(its)) == "t080"
    assert len(its) == 40
    assert abs(sum(weight * weight for weight in its.values()) - 1) < 1e-4
