"""What stands where an embed waits for consent is no text of the article."""

import pytest

from tasks.pure.body.beside.embed_consents import is_embed_consent


@pytest.mark.parametrize(
    "line",
    [
        "Recommended editorial content",
        "Empfohlener redaktioneller Inhalt",
        "Contenido externo",
        "You will see external content here if you agree; your personal data may then go to its provider.",
        "Ich bin damit einverstanden, dass mir externe Inhalte gezeigt werden und Daten an Dritte gehen.",
        "En cliquant, vous acceptez que des contenus tiers soient affichés et vos données personnelles transmises.",
        "Acepto que se me muestre contenido externo y que mis datos personales pasen a plataformas de terceros.",
        "Ik ga ermee akkoord dat externe content wordt getoond en dat mijn persoonsgegevens worden gedeeld.",
    ],
)
def test_a_line_that_asks_for_consent_to_an_embed_is_told(line: str) -> None:
    assert is_embed_consent(line)


@pytest.mark.parametrize(
    "line",
    [
        "The court ruled that external content on a site is the publisher's affair.",
        "Platforms must ask before they pass personal data on, the commissioner said.",
        "Externe Dienste des Krankenhauses wurden im Mai gekündigt.",
        "Les plateformes tierces ont dix jours pour répondre au juge.",
    ],
)
def test_news_on_the_subject_is_none(line: str) -> None:
    assert not is_embed_consent(line)
