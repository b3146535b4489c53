"""Without a contact no publisher of the open internet is asked; loopback, reserved names and intranets are."""

import pytest

from schemas.errors import SettingsError
from schemas.items.outcome import Reason, Refusal
from schemas.settings import Settings
from tasks.web.address_guard import AddressPolicy, Target
from tasks.web.client import web_of
from tasks.web.contact import need_contact

LOCAL = Settings(
    hosts=("gazette.harbour.press=127.0.0.1:8081", "www.talblick.de=198.41.0.4:443"),
    allow_addresses=("127.0.0.1:8081", "10.1.0.0/16", "news.intranet:8080"),
)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.talblick.at/rss",
        "http://novyny.ua/",
        "https://www.talblick.de/feed",
        "https://1.1.1.1/",
        "https://[2606:4700:4700::1111]/rss",
        "https://gazette.example.press/",
        "https://news.intranet/rss",
    ],
)
def test_a_publisher_is_not_asked_without_a_contact(url: str) -> None:
    with pytest.raises(SettingsError, match="export NEWSDESK_CONTACT=") as raised:
        need_contact(LOCAL, ["http://gazette.harbour.press/", url])
    assert raised.value.exit_code == 4
    need_contact(LOCAL.model_copy(update={"contact": "desk@harbour.press"}), [url])


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.harbour.press/rss",
        "http://127.0.0.1:9000/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://localhost:8080/",
        "http://news.intranet:8080/rss",
        "https://visnyk.example/",
        "https://www.example.org/feed",
        "not a url",
    ],
)
def test_what_is_no_publisher_is_asked_without_a_contact(url: str) -> None:
    need_contact(LOCAL, [url])


def test_the_guard_lets_no_request_to_the_open_internet_through_without_a_contact() -> None:
    policy = AddressPolicy.from_settings(LOCAL)
    refused = policy.refuses("https://1.1.1.1/")
    assert refused == Refusal(
        reason=Reason.BLOCKED_ADDRESS, detail="1.1.1.1 is not asked: NEWSDESK_CONTACT is not set"
    )
    assert isinstance(policy.vetted("www.talblick.de", 443, 1.0), Refusal)
    assert policy.vetted("gazette.harbour.press", 8081, 1.0) == (policy.hosts["gazette.harbour.press"],)
    told = AddressPolicy.from_settings(LOCAL.model_copy(update={"contact": "desk@harbour.press"}))
    assert isinstance(told.vetted("www.talblick.de", 443, 1.0), tuple)
    assert isinstance(told.hosts["www.talblick.de"], Target)


def test_the_user_agent_names_no_address_that_nobody_gave() -> None:
    assert web_of(LOCAL, "1.2").user_agent == "newsdesk/1.2"
    given = LOCAL.model_copy(update={"contact": "https://harbour.press/bot"})
    assert web_of(given, "1.2").user_agent == "newsdesk/1.2 (+https://harbour.press/bot)"
