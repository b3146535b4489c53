"""Bytes become text by what they are, whatever is said of them."""

import pytest

from schemas.items.outcome import Reason, Refusal
from tasks.pure.text.html_encoding import Decoded, decode_html

UKRAINIAN = "<p>Міська рада погодила відбудову мосту через стару гавань.</p>"
KOREAN = "<p>서울시는 다음 달부터 새 수상버스 노선을 운영한다.</p>"


def meta(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'


def decoded(page: bytes, charset: str | None = None, language: str | None = None) -> Decoded:
    found = decode_html(page, charset, language)
    assert isinstance(found, Decoded), found
    return found


@pytest.mark.parametrize(
    ("page", "charset", "language", "encoding", "said_by"),
    [
        (b"\xef\xbb\xbf" + UKRAINIAN.encode(), "windows-1251", None, "utf-8", "bom"),
        (UKRAINIAN.encode("utf-16"), None, None, "utf-16le", "bom"),
        (UKRAINIAN.encode("utf-16-le"), "utf-8", None, "utf-16le", "bytes"),
        (UKRAINIAN.encode(), "utf-8", None, "utf-8", "http"),
        (UKRAINIAN.encode("cp1251"), "windows-1251", None, "windows-1251", "http"),
        ((meta("windows-1251") + UKRAINIAN).encode("cp1251"), "utf-8", None, "windows-1251", "meta"),
        ((meta("windows-1251") + UKRAINIAN).encode("cp1251"), "iso-8859-1", None, "windows-1251", "meta"),
        (UKRAINIAN.encode(), "iso-8859-1", None, "utf-8", "bytes"),
        (UKRAINIAN.encode(), "utf-16le", None, "utf-8", "bytes"),
        ((" " * 3000 + meta("koi8-u") + UKRAINIAN).encode("koi8-u"), None, None, "koi8-u", "meta"),
        (UKRAINIAN.encode("cp1251"), None, "uk", "windows-1251", "language"),
        (KOREAN.encode("euc-kr"), "utf-8", "ko-KR", "euc-kr", "language"),
        ("<p>né à Paris</p>".encode("cp1252"), None, None, "windows-1252", "default"),
    ],
)
def test_the_encoding_is_the_one_that_the_bytes_admit(
    page: bytes, charset: str | None, language: str | None, encoding: str, said_by: str
) -> None:
    found = decoded(page, charset, language)

    assert (found.encoding, found.said_by) == (encoding, said_by)
    assert "\ufffd" not in found.text


@pytest.mark.parametrize("charset", ["idna", "zlib_codec", "x-no-such", "utf-7", "base64", "rot13", "punycode", ""])
def test_a_name_that_is_no_web_label_is_passed_over(charset: str) -> None:
    assert decoded((meta(charset or "x") + KOREAN).encode(), charset).text.endswith(KOREAN)


def test_a_header_that_lies_is_recorded() -> None:
    assert decoded((meta("windows-1251") + UKRAINIAN).encode("cp1251"), "utf-8").header_lied
    assert not decoded(UKRAINIAN.encode(), "utf-8").header_lied


def test_one_broken_place_does_not_make_utf8_another_encoding() -> None:
    found = decoded(UKRAINIAN.encode() + b"\xff" + UKRAINIAN.encode(), "utf-8")

    assert (found.encoding, found.broken) == ("utf-8", 1)


def test_nuls_are_removed() -> None:
    assert decoded(b"<p>a\x00b</p>").text == "<p>ab</p>"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", Reason.EMPTY_BODY),
        (b" \n\x00 ", Reason.EMPTY_BODY),
        (b"%PDF-1.7 ...", Reason.WRONG_TYPE),
        (b"PK\x03\x04...", Reason.WRONG_TYPE),
        (b"\x1f\x8b\x08...", Reason.WRONG_TYPE),
        (b"\x89PNG\r\n", Reason.WRONG_TYPE),
        (bytes(range(32)) * 20, Reason.WRONG_TYPE),
        (b"From: <Saved by Browser>\r\nMIME-Version: 1.0", Reason.WRONG_TYPE),
        (b'{"error": "gone"}', Reason.WRONG_TYPE),
    ],
)
def test_what_is_no_text_is_refused(page: bytes, reason: Reason) -> None:
    found = decode_html(page)

    assert isinstance(found, Refusal)
    assert found.reason is reason
