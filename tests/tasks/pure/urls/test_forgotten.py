"""The hash by which a forgotten URL is known."""

from tasks.pure.urls.forgotten import pseudonym, url_hash

URL = "https://harbour.example/2026/quokka"


def test_spellings_of_one_page_have_one_hash() -> None:
    assert url_hash(f"{URL}?utm_source=letter#top") == url_hash(URL) != url_hash(f"{URL}-2")


def test_a_pseudonym_stays_as_it_is_and_shows_nothing() -> None:
    name = pseudonym(URL)

    assert name == pseudonym(name) == f"forgotten:{url_hash(URL)}"
    assert "quokka" not in name
