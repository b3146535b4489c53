"""Names of boxes are told from headline words, from subjects and from words that merely hold a box's word."""

import pytest

from tasks.pure.body.box_names import box_word, is_of_a_template, is_slug


@pytest.mark.parametrize(
    "name",
    [
        "share",
        "share-bar",
        "article__share-buttons",
        "storyShareTools",
        "jeg_share_button",
        "newsletter-signup-box",
        "c-related-articles--list",
        "RelatedStories_wrapper__x3f9d",
        "teaser-2",
        "td-related-title",
    ],
)
def test_a_name_of_a_templates_words_names_a_box(name: str) -> None:
    assert box_word(name)
    assert is_of_a_template(name)


@pytest.mark.parametrize(
    "name",
    [
        "share-prices",
        "social-media-ban",
        "who-shares-the-cost",
        "socialism-today",
        "telegram-verbot-in-spanien",
        "related-deaths",
        "la-consommation-de-cookies",
        "sponsoren-ziehen-sich-zurueck",
    ],
)
def test_a_name_of_a_headlines_words_is_no_templates(name: str) -> None:
    assert box_word(name)
    assert not is_of_a_template(name)


def test_a_name_without_a_boxs_word_names_nothing() -> None:
    assert box_word("story body") is None


@pytest.mark.parametrize("name", ["why-teasers-sell-4", "why_teasers_sell", "teasers-sell"])
def test_a_slug_repeats_the_words_of_its_heading(name: str) -> None:
    assert is_slug(name, "Why teasers sell")


@pytest.mark.parametrize("name", ["teaser", "teaser-box", "12"])
def test_a_templates_name_does_not(name: str) -> None:
    assert not is_slug(name, "Why the mayor stays")
