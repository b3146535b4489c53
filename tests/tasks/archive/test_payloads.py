"""To which record a revisit refers: by id, by URL and time, by digest, or by nothing but its own URL."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schemas.items.capture import WarcPointer
from tasks.archive.formats.protocol import ForeignPage, RevisitRecord, SkippedRecord, names_of
from tasks.archive.payloads import Payloads

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
URL = "https://h.example/a"
FILE = "file:///a.warc.gz"


def page(number: int = 1, digest: str | None = "sha1:ONE", url: str = URL) -> ForeignPage:
    """Page `number` begins at offset `number` and was fetched on day `number`."""
    at = AT + timedelta(days=number)
    return ForeignPage(UUID(int=number), url, at, 200, (), b"x", number, 9, digest)


def revisit(**facts: object) -> RevisitRecord:
    plain = RevisitRecord(UUID(int=99), URL, AT + timedelta(days=9), (), 500, False, None, None, None, None)
    return plain._replace(**facts)  # type: ignore[arg-type]  # facts of any type


def found(payloads: Payloads, **facts: object) -> int | None:
    """The offset of the record to which the revisit refers; None: none does."""
    payload = payloads.find(revisit(**facts))
    return payload.pointer.offset if payload and payload.pointer else None


@pytest.fixture
def payloads() -> Payloads:
    index = Payloads()
    for each in (page(1), page(2, "sha1:TWO"), page(3, "sha1:THREE", "https://h.example/b")):
        index.remember(FILE, each)
    return index


@pytest.mark.parametrize(
    ("facts", "offset"),
    [
        ({"target_id": UUID(int=1)}, 1),
        ({"target_url": URL, "target_at": AT + timedelta(days=2)}, 2),
        ({"target_at": AT + timedelta(days=1)}, 1),
        ({"target_url": "https://h.example/b", "target_at": AT + timedelta(days=3)}, 3),
        ({"payload_digest": "SHA1:three"}, 3),
        ({"target_id": UUID(int=7), "payload_digest": "sha1:ONE"}, 1),
        ({"target_id": UUID(int=2), "payload_digest": "sha1:ONE"}, 1),
        ({"target_id": UUID(int=2), "payload_digest": "sha256:ELSE"}, 2),
        ({"is_not_modified": True}, 2),
        ({"is_not_modified": True, "payload_digest": "sha1:OFNOBYTES"}, 2),
        ({"is_not_modified": True, "target_id": UUID(int=1), "payload_digest": "sha1:OFNOBYTES"}, 1),
        ({"is_not_modified": True, "target_url": "https://h.example/b"}, 3),
    ],
)
def test_a_revisit_finds_its_target_by_what_it_says(
    payloads: Payloads, facts: dict[str, object], offset: int
) -> None:
    assert found(payloads, **facts) == offset


@pytest.mark.parametrize(
    "facts",
    [
        {"target_id": UUID(int=7)},
        {"target_url": URL, "target_at": AT},
        {"payload_digest": "sha1:FOUR"},
        {"target_id": UUID(int=1), "payload_digest": "sha1:FOUR"},
        {"is_not_modified": True, "target_id": UUID(int=7)},
        {"is_not_modified": True, "url": "https://h.example/c"},
        {"is_not_modified": True, "at": AT},
    ],
)
def test_a_revisit_of_something_else_finds_nothing(payloads: Payloads, facts: dict[str, object]) -> None:
    assert found(payloads, **facts) is None


def test_a_revisit_of_a_revisit_finds_the_page(payloads: Payloads) -> None:
    first = revisit(target_id=UUID(int=1))
    payload = payloads.find(first)
    assert payload
    payloads.repeat(first, payload)
    assert found(payloads, target_id=first.capture_id) == 1
    assert found(payloads, is_not_modified=True, at=AT + timedelta(days=10)) == 1


def test_what_is_no_page_is_known_as_such_and_hides_no_page(payloads: Payloads) -> None:
    payloads.remember(FILE, SkippedRecord(700, names_of(UUID(int=5), "https://h.example/i.png", AT, "sha1:ONE")))
    image = payloads.find(revisit(target_id=UUID(int=5)))
    assert image
    assert not image.is_page
    assert found(payloads, payload_digest="sha1:ONE") == 1


def test_the_index_keeps_the_latest_names_alone() -> None:
    index = Payloads(names_at_most=8)
    for number in range(1, 100):
        index.remember(FILE, page(number, f"sha1:{number}"))
    assert [found(index, target_id=UUID(int=number)) for number in (99, 98, 1)] == [99, 98, None]


def test_what_was_read_out_of_order_is_to_be_read_again() -> None:
    index = Payloads()
    index.has_read(FILE, 100, 200)
    assert index.unread(FILE, 300) == (0, 300)
    index.has_read(FILE, 0, 100)
    index.has_read(FILE, 100, 200)
    assert index.unread(FILE, 300) == (200, 300)
    assert index.unread(FILE, 150) is None


def test_a_payload_points_at_its_record(payloads: Payloads) -> None:
    payload = payloads.find(revisit(target_id=UUID(int=3)))
    assert payload
    assert isinstance(payload.pointer, WarcPointer)
    assert (payload.pointer.file, payload.pointer.offset, payload.pointer.length) == (FILE, 3, 9)


def test_a_digest_in_hexadecimal_is_the_same_in_base_32(payloads: Payloads) -> None:
    payloads.remember(FILE, page(4, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "https://h.example/c"))

    assert found(payloads, payload_digest="SHA1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709") == 4
