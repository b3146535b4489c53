"""An agency is told by the dateline, the credit line or the credit in place of authors, and not by a mention."""

import pytest

from schemas.items.article import Evidence, Origin
from tasks.pure.stories.agencies import credited_agency
from tests.support.warehouse.batch_samples import article, capture

REST = "The harbour council met on Monday and decided on the ferry.\n\nIt sails again in spring, it said."


def told(body: str, *credits: str) -> str | None:
    evidence = tuple(Evidence(field="authors", origin=Origin.JSON_LD, raw=raw) for raw in credits)
    return credited_agency(article(capture("https://harbour.example/a"), body, evidence=evidence))


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("LONDON, Nov 30 (Reuters) - ", "Reuters"),
        ("ESTERHOLM (AP) — ", "AP"),
        ("Berlin (dpa/lnw) - ", "dpa"),
        ("dpa - ", "dpa"),
        ("Madrid, 30 nov (EFE).- ", "EFE"),
        ("(ANSA) - ROMA, 30 NOV - ", "ANSA"),
        ("PARIS, 30 nov 2026 (AFP) - ", "AFP"),
        ("МОСКВА, 30 ноя - РИА Новости. ", "RIA Novosti"),
        ("МОСКВА, 30 ноября. /ТАСС/. ", "TASS"),
        ("新华社北京11月30日电 ", "Xinhua"),
        ("［東京 30日 ロイター］ - ", "Reuters"),
        ("(서울=연합뉴스) ", "Yonhap"),
        ("القاهرة (رويترز) - ", "Reuters"),
        ("Warszawa (PAP) - ", "PAP"),
        ("ANKARA (AA) - ", "Anadolu"),
        ("New Delhi, Nov 30 (PTI) ", "PTI"),
    ],
)
def test_a_dateline_names_the_agency(dateline: str, agency: str) -> None:
    assert told(f"{dateline}{REST}") == agency


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Source: Reuters", "Reuters"),
        ("Quelle: dpa/afp", "dpa"),
        ("Mit Material von AFP", "AFP"),
        ("© AFP", "AFP"),
        ("(dpa)", "dpa"),
        ("Avec l'AFP", "AFP"),
        ("Fuente: EFE", "EFE"),
        ("Com informações da Agência Brasil", "Agência Brasil"),
        ("Źródło: PAP", "PAP"),
        ("Источник: ТАСС", "TASS"),
        ("المصدر: رويترز", "Reuters"),
        ("来源：新华社", "Xinhua"),
        ("With files from The Canadian Press.", "The Canadian Press"),
    ],
)
def test_a_credit_line_names_the_agency(line: str, agency: str) -> None:
    assert told(f"{REST}\n\n{line}") == agency


def test_a_credit_in_place_of_authors_names_the_agency() -> None:
    assert told(REST, "Harbour Gazette", "Associated Press") == "AP"


@pytest.mark.parametrize(
    "body",
    [
        REST,
        f"The minister told Reuters on Monday that the ferry sails. {REST}",
        f"Reuters journalists (of whom five) were there. {REST}",
        f"{REST}\n\nThe council answered to dpa that it will be so, and that the source of it is open.",
        f"The AP exam is a test. {REST}",
        f"{REST}\n\nPhoto: Ada Quay © AFP",
        f"HARBOUR (Corvane Wire) - {REST}",
    ],
)
def test_a_mention_or_an_unknown_name_is_no_credit(body: str) -> None:
    assert told(body) is None
