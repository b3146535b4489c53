"""An article's own notice of retraction is found; reports on other retractions are not taken for one."""

import pytest

from schemas.items.article import Notice
from tasks.pure.article.retractions import notice_of

LONG = "The council met on Monday to speak about the old pier and its railings. " * 20


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("RETRACTED: Pier will close", LONG),
        ("Pier will close", f"Editor's note: This article has been retracted because a source was invented. {LONG}"),
        ("Pier will close", "We have withdrawn this story, since it fell short of our standards."),
        ("Der Steg", "Dieser Beitrag wurde von der Redaktion zurückgezogen."),
        ("La jetée", "Cet article a été retiré après vérification."),
        ("El muelle", "Este artículo ha sido retirado por la redacción."),
        ("O cais", "Esta reportagem foi retratada pela redação."),
        ("Il molo", "Quest’articolo è stato ritirato."),
        ("Причал", "Цю новину було відкликано редакцією."),
        ("Причал", "Эта статья была отозвана редакцией."),
        ("부두", "해당 기사는 철회되었습니다."),
        ("桟橋", "この記事は撤回されました。"),
        ("码头", "本文已被撤回。"),
        ("الرصيف", "تم سحب هذا المقال بعد المراجعة."),
    ],
)
def test_an_article_that_says_that_it_is_withdrawn_is_retracted(title: str, body: str) -> None:
    assert notice_of(title, body, len(body.split())) is Notice.RETRACTION


@pytest.mark.parametrize(
    "body",
    [
        "This story has been removed for legal reasons.",
        "Dieser Artikel wurde gelöscht.",
        "Cet article a été supprimé.",
        "Эта статья удалена.",
        "해당 기사는 삭제되었습니다.",
    ],
)
def test_a_short_text_in_the_place_of_an_article_says_that_it_was_removed(body: str) -> None:
    assert notice_of("Pier will close", body, len(body.split())) is Notice.REMOVAL
    assert notice_of("Pier will close", f"{body} {LONG}", 300) is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Journal retracts study on piers", f"The study was retracted on Monday. {LONG}"),
        ("Retraction of the claws: how cats do it", LONG),
        ("Pier will close", f"Correction: an earlier version of this article misspelt a name. {LONG}"),
        ("Troops withdrawn from the pier", "The statue has been removed from the square, the mayor said."),
        ("Minister zieht Vorwurf zurück", "Der Minister hat den Vorwurf zurückgezogen. Die Partei wurde überrascht."),
        ("Pier will close", f"{LONG} A magazine wrote: this article has been retracted."),
    ],
)
def test_reports_of_withdrawals_and_corrections_are_no_notice(title: str, body: str) -> None:
    assert notice_of(title, body, len(body.split())) is None
