"""Numbers with their unit: how they are written, and what is none."""

import pytest

from tasks.pure.stories.mentions.quantities import quantities


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It cost $3 billion, or 40% of £1,200.50.", ["3000000000 USD", "40 percent", "1200.5 GBP"]),
        ("de", "1.200,50 Euro und 12,5 Kilometer", ["1200.5 EUR", "12.5 kilometer"]),
        ("fr", "2 500 euros en 3 semaines", ["2500 EUR", "3 week"]),
        ("sv", "12 miljoner euro", ["12000000 EUR"]),
        ("uk", "10 тисяч гривень не сказано, але 10 тисяч євро так", ["10000 EUR"]),
        ("ar", "٢٫٥ مليون يورو", ["2500000 EUR"]),
        ("hi", "५ करोड़ यूरो", ["50000000 EUR"]),
        ("ja", "1億2000万円ではなく、3億円", ["300000000 JPY"]),
        ("zh", "3月5日支付1.5万欧元", ["15000 EUR"]),
        ("en", "On 3.5.2026 at 14:30, 300 people, in 2024 years, 5 m and 12 hours.", []),
        ("xx", "5 km", []),
    ],
)
def test_a_number_is_told_with_its_unit_or_not_at_all(language: str, text: str, found: list[str]) -> None:
    assert [one.name for one in quantities(text, language)] == found


def test_the_text_has_the_multiplier_and_the_unit() -> None:
    assert [one.text for one in quantities("Es waren 1,5 Millionen Euro.", "de")] == ["1,5 Millionen Euro"]
