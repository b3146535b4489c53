"""What a browser shows is read: shadow roots of the markup, and an article in `noscript`."""

import pytest

from tests.support.extraction_samples import page_of

_STORY = "<p>Der Rat hat am Dienstag beschlossen, den alten Fährhafen nach elf Jahren Streit neu zu bauen.</p>" * 4


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_declarative_shadow_root_is_shown_instead_of_its_host(mode: str) -> None:
    page = page_of(f"<body><x-a><p>Teaser</p><template shadowrootmode={mode}>{_STORY}</template></x-a></body>")

    assert len(page.tree.findall(".//div/p")) == 4
    assert "Teaser" not in page.tree.text_content()


def test_a_shadow_root_with_a_slot_shows_its_host_too() -> None:
    page = page_of("<body><x-a><p>Text</p><template shadowrootmode=open><slot></slot></template></x-a></body>")

    assert "Text" in page.tree.text_content()


def test_another_template_is_not_shown() -> None:
    assert page_of(f"<body><template>{_STORY}</template></body>").tree.find(".//template") is not None


@pytest.mark.parametrize(
    ("inside", "shown", "is_shown"),
    [
        (_STORY, "<p>Mehr dazu.</p>", True),
        (_STORY, _STORY, False),
        ("<p>Bitte JavaScript einschalten.</p>", "", False),
    ],
    ids=["article", "copy", "notice"],
)
def test_noscript_is_shown_where_most_of_the_text_stands_there(inside: str, shown: str, is_shown: bool) -> None:
    page = page_of(f"<body>{shown}<noscript>{inside}</noscript></body>")

    assert (page.tree.find(".//noscript") is None) is is_shown
