"""URLs: one page, one form; two pages, two forms."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.normalise import (
    absolute,
    article_id,
    believed_canonical,
    canonical,
    canonical_form,
    is_home,
    sendable,
    stated_url,
)
from tasks.pure.urls.trackers import NAMES

BASE = "https://news.example/world/story.html?id=1"
CHOOSING = "id p article cid pk_no eid page q s story_id ref source v lang section date no idx oid aid sid"
FOLLOWING = "utm_source utm_medium utm_campaign utm mtm_kwd otm_a hsa_acc itm_source wt_mc wmc"
FUNCTIONAL = CHOOSING.split()
TRACKERS = sorted(NAMES) + FOLLOWING.split()


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("/a", "https://news.example/a"),
        ("a?b", "https://news.example/world/a?b"),
        ("//other.example/a", "https://other.example/a"),
        ("  http://one.example/a\n", "http://one.example/a"),
        ("http://one.example/a\r\nb", "http://one.example/ab"),
        ("http://one.example/A%7e?b=%zz&c#d", "http://one.example/A%7e?b=%zz&c#d"),
        ("http://one.example/ä", "http://one.example/ä"),
        ("http://one.example:80/", "http://one.example:80/"),
        ("HTTP://One.Example/A", "http://one.example/A"),
        ("http://one.example/a b", "http://one.example/a%20b"),
        ("http://user:word@one.example/a", "http://one.example/a"),
        ("http:\\\\one.example\\a", "http://one.example/a"),
        ("http://good.example\\@evil.example/", "http://good.example/@evil.example/"),
    ],
)
def test_a_link_is_made_absolute_and_keeps_its_spelling_where_it_is_plain(link: str, meant: str) -> None:
    assert absolute(link, BASE) == meant


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("file:///etc/passwd", Reason.BLOCKED_SCHEME),
        ("javascript:alert(1)", Reason.BLOCKED_SCHEME),
        ("data:text/html,x", Reason.BLOCKED_SCHEME),
        ("feed:http://one.example/", Reason.BLOCKED_SCHEME),
        ("mailto:a@b.example", Reason.BLOCKED_SCHEME),
        ("http://", Reason.BAD_LINK),
        ("http://[::1", Reason.BAD_LINK),
        ("http://a b/", Reason.BAD_LINK),
        ("http://one%2fexample/", Reason.BAD_LINK),
        ("http://one.example:99999/", Reason.BAD_LINK),
        ("http://one.example/\ud800", Reason.BAD_LINK),
        ("http://one.example/" + "a" * 4096, Reason.BAD_LINK),
    ],
)
def test_what_is_no_web_link_is_refused_with_a_reason(link: str, reason: Reason) -> None:
    refusal = absolute(link, BASE)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is reason


def test_without_a_base_a_relative_link_is_refused() -> None:
    assert absolute("/a", None) == Refusal(reason=Reason.BAD_LINK, detail="no URL: '/a'")


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://One.Example:80/a#part", "http://one.example/a"),
        ("https://one.example:443", "https://one.example/"),
        ("https://one.example:8443/", "https://one.example:8443/"),
        ("https://one.example/a?b=2&a=1", "https://one.example/a?a=1&b=2"),
        ("https://one.example/%7ea/%c3%a4", "https://one.example/~a/%C3%A4"),
        ("https://one.example/ä?q=a+b", "https://one.example/%C3%A4?q=a+b"),
        ("https://user@one.example/a", "https://one.example/a"),
        ("https://one.example/a?utm_source=x", "https://one.example/a"),
        ("https://one.example/a/../b", "https://one.example/b"),
        ("https://пример.укр/", "https://xn--e1afmkfd.xn--j1amh/"),
        ("https://one.example/a%2c%7eb%2E", "https://one.example/a%2C~b."),
        ("https://one.example/a?q=a/b&p=c%2fd", "https://one.example/a?p=c%2Fd&q=a%2Fb"),
        ("https://one.example/a?q=a%20b+c", "https://one.example/a?q=a+b+c"),
    ],
)
def test_the_canonical_form(url: str, form: str) -> None:
    assert canonical(url) == form


@pytest.mark.parametrize("char", "%:/?#[]@!$&'()*+,;=")
@pytest.mark.parametrize("place", ["wind{}regen", "{}", "100{}", "mer/{}ciel/"])
def test_the_escape_of_a_reserved_character_stays_in_a_path(char: str, place: str) -> None:
    url = f"https://one.example/{place.format(f'%{ord(char):02X}')}"

    assert canonical(url) == canonical(url.replace("%2F", "%2f").replace("%3B", "%3b")) == url


@pytest.mark.parametrize("char", "%&+=#")
def test_the_escape_of_a_reserved_character_stays_in_a_query(char: str) -> None:
    url = f"https://one.example/a?q=wind%{ord(char):02X}regen"

    assert canonical(url) == url


def test_pages_whose_paths_differ_by_an_escape_are_apart() -> None:
    names = ("a%26b", "a&b", "a%2Bb", "a+b", "a%3Bb", "a;b", "a%3Db", "a=b", "a%25b", "a%2525b", "a%2Fb", "a/b")

    assert len({canonical(f"https://one.example/{name}") for name in names}) == len(names)


@pytest.mark.parametrize(
    "query",
    [
        "88123",
        "88123&17",
        "/2026/11/orkan",
        "/2026/11/orkan=1",
        "b&a",
        "orkan&id=2&a=1",
        "id=2&a=1&druck",
        "88123=",
        "p=x.git;a=blob;h=1",
        "a+b",
        "a%20b%26c",
        "!/orkan:1,2",
    ],
)
@pytest.mark.parametrize("noise", ["", "&utm_source=rss", "&fbclid=x&gclid"])
def test_a_query_with_a_bare_value_stays_as_written_without_trackers(query: str, noise: str) -> None:
    assert canonical(f"https://one.example/read.php?{query}{noise}#top") == f"https://one.example/read.php?{query}"


@pytest.mark.parametrize("name", TRACKERS)
def test_a_tracker_is_removed_in_any_case(name: str) -> None:
    assert canonical(f"https://one.example/a?id=1&{name}=x&{name.upper()}=y") == "https://one.example/a?id=1"


@pytest.mark.parametrize("name", FUNCTIONAL)
def test_a_parameter_that_chooses_the_page_stays(name: str) -> None:
    assert canonical(f"https://one.example/a?{name}=7&utm_medium=rss") == f"https://one.example/a?{name}=7"


NAMED = st.sampled_from([*FUNCTIONAL, *TRACKERS[:20], "a[]", "ä", "x y", ""])
VALUES = st.text(max_size=6)
PATHS = st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6), max_size=3)
PAIRS = st.lists(st.tuples(NAMED, VALUES), max_size=5)


def joined(path: list[str], pairs: list[tuple[str, str]], is_escaped: bool) -> str:
    """A URL of those parts, escaped or raw."""
    spell = (lambda text: quote(text, safe="")) if is_escaped else str
    query = "&".join(f"{spell(name)}={spell(value)}" for name, value in pairs)
    return "https://one.example/" + "/".join(map(spell, path)) + ("?" + query if pairs else "")


@settings(max_examples=300, deadline=None)
@given(PATHS, PAIRS, st.booleans())
def test_the_canonical_form_of_a_canonical_form_is_itself(
    path: list[str], pairs: list[tuple[str, str]], is_escaped: bool
) -> None:
    url = absolute(joined(path, pairs, is_escaped), None)
    if isinstance(url, str):
        assert canonical(canonical(url)) == canonical(url)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="%2fF/.:;?&=+#~ä'\"[]|\\ aA0", max_size=20))
def test_odd_characters_do_not_keep_the_form_from_settling(text: str) -> None:
    url = absolute(f"http://one.example/{text}", None)
    if isinstance(url, str):
        assert canonical(canonical(url)) == canonical(url)


@settings(max_examples=500, deadline=None)
@given(st.text("az0-.", max_size=8), st.text("aZ0._-/", max_size=12))
def test_a_plain_address_has_the_form_that_it_has_with_a_fragment(host: str, path: str) -> None:
    url = f"https://{host}one.example/{path}"
    if isinstance(absolute(url, None), str):
        assert canonical(url) == canonical(f"{url}#top")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FUNCTIONAL), st.integers(0, 999), st.integers(0, 999), st.lists(st.sampled_from(TRACKERS)))
def test_pages_are_one_exactly_when_their_functional_parameters_are(
    name: str, one: int, two: int, trackers: list[str]
) -> None:
    noise = "".join(f"&{tracker}={one}" for tracker in trackers)
    forms = {canonical(f"https://one.example/a?{name}={value}{noise}") for value in (one, two)}
    assert len(forms) == len({one, two})


def test_the_key_of_an_article_is_that_of_its_canonical_form() -> None:
    forms = [canonical(url) for url in ("http://one.example/a?b=1&utm_source=x", "http://one.example:80/a?b=1#c")]
    assert article_id(forms[0]) == article_id(forms[1])
    assert str(article_id("https://one.example/")) == "ef5086eb-f334-52f3-997b-ec67d97fd0e0"


@pytest.mark.parametrize(
    ("stated", "believed"),
    [
        ("https://www.news.example/world/story", "https://www.news.example/world/story"),
        ("/world/story?utm_source=x", "https://news.example/world/story"),
        ("https://other.example/story", "https://news.example/world/story.html?id=1"),
        ("https://news.example/", "https://news.example/world/story.html?id=1"),
        ("https://news.example/index.html", "https://news.example/world/story.html?id=1"),
        ("https://news.example/?utm_source=x", "https://news.example/world/story.html?id=1"),
        ("https://news.example/?p=17", "https://news.example/?p=17"),
        ("javascript:1", "https://news.example/world/story.html?id=1"),
        ("http://[", "https://news.example/world/story.html?id=1"),
        ("", "https://news.example/world/story.html?id=1"),
        (None, "https://news.example/world/story.html?id=1"),
    ],
)
def test_a_stated_canonical_is_believed_within_the_publisher_only(stated: str | None, believed: str) -> None:
    assert believed_canonical(BASE, stated) == believed


def test_what_goes_over_the_wire_has_no_fragment_and_no_user() -> None:
    assert sendable("http://user@One.example/ä#b") == "http://one.example/%C3%A4"


def test_a_front_page_is_told_from_a_page() -> None:
    paths = ["", "index.php", "home", "?utm_source=x", "?p=1", "a", "en/"]
    assert [is_home(f"https://one.example/{path}") for path in paths] == [True, True, True, True, False, False, False]


@pytest.mark.parametrize("url", ["/lists/urls.txt#5", "urls.csv#3", "file:///a.warc.gz#77", "http://[::1", "http://"])
def test_what_is_no_address_of_the_web_has_no_canonical_form(url: str) -> None:
    assert canonical_form(url) is None


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("www.news.example/world/a", "https://news.example/world/a"),
        ("news.example/world/a?id=2", "https://news.example/world/a?id=2"),
        ("m.news.example/a", "https://m.news.example/a"),
        ("//news.example/a", "https://news.example/a"),
        ("https:/news.example/a", "https://news.example/a"),
        ("www.valley.example/a", "https://www.valley.example/a"),
        ("story.html", "https://news.example/world/story.html"),
        ("2.html?page=www.news.example", "https://news.example/world/2.html?page=www.news.example"),
        ("/www.news.example/a", "https://news.example/www.news.example/a"),
        ("mailto:a@news.example", None),
    ],
)
def test_a_stated_url_without_its_scheme_is_no_path(stated: str, meant: str | None) -> None:
    assert stated_url(stated, BASE, BASE) == meant
