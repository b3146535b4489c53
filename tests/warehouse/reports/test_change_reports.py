"""Reports about what changed: headlines by words and kinds, corrections and deletions."""

import pytest

from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from tests.support.warehouse.story_samples import hash_of
from warehouse.database.connection import Warehouse

URL = "https://harbour.example/ferry"


def change(warehouse: Warehouse, before: str, after: str, language: str = "en", **texts: str) -> None:
    """Load an article under two headlines, with the texts `was` and `then`."""
    for number, (title, text) in enumerate(
        [
            (before, texts.get("was", "The same text as before.")),
            (after, texts.get("then", "The same text as before.")),
        ]
    ):
        its = capture(URL, NOON + hours(number))
        one = article(its, text, title=title, language=language, body_hash=hash_of(title + text))
        load_batch(warehouse, batch([(one, its)], f"b{number}", run_id=f"run-{number}"), NOON + hours(number))


@pytest.mark.parametrize(
    ("before", "after", "language", "kinds", "struck", "inserted"),
    [
        ("Ferry sails at 7", "Ferry sails at 8", "en", ["number"], ["7"], ["8"]),
        ("Ferry will sail", "Ferry will not sail", "en", ["negation"], [], ["not"]),
        ("Fähre fährt", "Fähre fährt nicht", "de", ["negation"], [], ["nicht"]),
        ("Council votes for Quay as mayor", "Council votes for Pier as mayor", "en", ["name"], ["Quay"], ["Pier"]),
        ("Council Votes For Quay", "Council Votes For Pier", "en", ["other"], ["Quay"], ["Pier"]),
        ("Rat wählt Kran heute", "Rat wählt Dock heute", "de", ["other"], ["Kran"], ["Dock"]),
        ("Ferry sails again", "Ferry sails, again", "en", ["punctuation"], ["sails"], ["sails,"]),
        ("Ferry sails again", "Ferry Sails again", "en", ["punctuation"], ["sails"], ["Sails"]),
        ("Dog bites man", "Man bites dog", "en", ["other"], ["Dog", "man"], ["Man", "dog"]),
        ("Three sail, two stay", "Three stay, two sail", "en", ["other"], ["sail,", "stay"], ["stay,", "sail"]),
        ("Ferry hits 2 boats", "Ferry did not hit 3 boats", "en", ["negation", "number", "other"], None, None),
        ("渡船停航", "渡船不停航", "zh", ["negation"], [], ["不"]),
    ],
)
def test_a_changed_headline_tells_its_words_and_their_kinds(
    warehouse: Warehouse,
    before: str,
    after: str,
    language: str,
    kinds: list[str],
    struck: list[str] | None,
    inserted: list[str] | None,
) -> None:
    change(warehouse, before, after, language)

    [row] = ask(warehouse, "SELECT kind, kinds, struck, inserted FROM reports.headline_changes")
    assert row[:2] == (kinds[0], kinds)
    assert struck is None or row[2:] == (struck, inserted)


def test_the_pieces_of_a_headline_give_it_whole(warehouse: Warehouse) -> None:
    change(warehouse, "Ferry sails at 7 again", "渡船 at 8, again")

    [(was, then)] = ask(warehouse, "SELECT pieces_before, pieces_after FROM reports.headline_changes")
    assert "".join(piece["text"] for piece in was) == "Ferry sails at 7 again"
    assert "".join(piece["text"] for piece in then) == "渡船 at 8, again"
    assert [piece["text"].strip() for piece in was if piece["is_struck"]] == ["Ferry", "sails", "7"]


def test_a_new_text_under_the_same_headline_is_no_change_of_it(warehouse: Warehouse) -> None:
    change(warehouse, "Ferry sails", "Ferry sails", then="Another text than before.")

    assert ask(warehouse, "SELECT count(*) FROM reports.headline_changes") == [(0,)]


def test_a_note_of_correction_counts_from_the_version_that_has_it_first(warehouse: Warehouse) -> None:
    note = "Correction: the ferry sails at 8, not at 7."
    change(
        warehouse,
        "Ferry sails",
        "Ferry sails",
        was="The ferry sails at 7.\n\nMore.",
        then=f"The ferry sails at 8.\n\nMore.\n\n{note}",
    )

    columns = "kind, title, told, version, at_utc"
    assert ask(warehouse, f"SELECT {columns} FROM reports.corrections_and_deletions") == [
        ("correction", "Ferry sails", note, 2, NOON + hours(1))
    ]


def test_a_text_that_speaks_of_a_correction_is_none(warehouse: Warehouse) -> None:
    change(warehouse, "Ferry sails", "Ferry sails", then="The council's correction of the plan is late.")

    assert ask(warehouse, "SELECT count(*) FROM reports.corrections_and_deletions") == [(0,)]
