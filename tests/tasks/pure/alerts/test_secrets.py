"""Variables in URLs, and texts from which what they held is taken out."""

import pytest

from schemas.errors import SettingsError
from tasks.pure.alerts.secrets import expanded


def test_a_variable_within_a_url_is_percent_encoded_and_one_that_is_the_url_is_not() -> None:
    part = expanded("mailto://desk:${PW}@smtp.paper.example", {"PW": "p@ss/w:rd"}, "a.toml:2")
    assert part.url == "mailto://desk:p%40ss%2Fw%3Ard@smtp.paper.example"
    assert expanded("${URL}", {"URL": "ntfy://h.example/t?x=1"}, "a.toml:2").url == "ntfy://h.example/t?x=1"


@pytest.mark.parametrize("environment", [{}, {"PW": ""}])
def test_a_variable_that_is_not_set_is_named_with_its_line(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"^a.toml:2: the variable PW is not set"):
        expanded("mailto://desk:${PW}@h", environment, "a.toml:2")


@pytest.mark.parametrize(
    "said",
    [
        "cannot log in with p@ss/w:rd",
        "cannot log in with p%40ss%2Fw%3Ard",
        "max retries exceeded with url: /T0KEN1/T0KEN2",
        "host smtp.paper.example refused",
    ],
)
def test_no_part_of_the_url_is_left_in_what_a_service_said(said: str) -> None:
    address = expanded("mailto://desk:${PW}@smtp.paper.example/T0KEN1/T0KEN2", {"PW": "p@ss/w:rd"}, "a.toml:2")
    told = address.blotted(said)
    assert "****" in told
    for secret in ("p@ss", "p%40ss", "T0KEN1", "T0KEN2", "smtp.paper.example"):
        assert secret not in told


def test_control_characters_of_an_error_are_taken_out() -> None:
    assert expanded("ntfy://h.example/t", {}, "a.toml:2").blotted("a\n\x1bb") == "a \ufffdb"
