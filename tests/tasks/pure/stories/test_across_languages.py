"""Names and loan words are found in another language and another script."""

from tasks.pure.stories.across_languages import latin, likeness


def test_a_name_in_cyrillic_is_like_the_name_in_latin_letters() -> None:
    assert likeness(latin({"лисса": 1.0}), latin({"lissa": 1.0})) == 1.0


def test_terms_that_are_written_alike_are_one_term() -> None:
    assert latin({"лисса": 0.6, "lissa": 0.8}).keys() == {"lissa"}


def test_no_common_word_is_no_likeness() -> None:
    assert likeness(latin({"hafen": 1.0}), latin({"ferry": 1.0})) == 0


def test_an_empty_vector_stays_empty() -> None:
    assert latin({}) == {}
