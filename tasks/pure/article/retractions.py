"""Retractions: finds notices that an article was withdrawn or removed, in the common languages of news.

Corrections, and reports on retractions elsewhere, must not match. So a phrase counts only if it speaks of this
article, and a retraction only in the title or at the head of the text, where publishers put it.
"""

import re

from schemas.items.article import Notice

_HEAD = 500
"""A notice of retraction stands within this many characters from the start of the body."""
SHORT_WORDS = 60
"""A text with more words is more than a notice of removal."""


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


def _from_a_word(*phrases: str) -> str:
    """The phrases behind one `\\b`: a third of the time that a `\\b` before each phrase takes."""
    return rf"\b(?:{'|'.join(phrases)})"


_TITLE = _any_of(
    r"^\W*(?:article |story )?(?:retracted|retraction|withdrawn)\s*[:\])–—-]",
    r"^\W*(?:zurückgezogen|widerruf|rétractation|retractación|retratação|ritrattazione)\s*[:\])–—-]",
    r"^\W*(?:відкликано|отозвано|철회|撤回|撤稿)\s*[:：\])】–—-]",
)
_RETRACTION = _any_of(
    _from_a_word(
        r"this (?:article|story|report|column|piece) (?:has been|was|is|has since been) (?:retracted|withdrawn)\b",
        r"we (?:have |are )?(?:retract(?:ed|ing)?|withdrawn?|withdrew) this (?:article|story|report|column|piece)\b",
        r"dieser (?:artikel|beitrag|text|bericht) (?:wurde|ist) (?:von der redaktion )?(?:zurückgezogen|widerrufen)",
        r"(?:wir|die redaktion) (?:haben|hat) diesen (?:artikel|beitrag|text|bericht) zurückgezogen",
        r"cet article a été (?:retiré|rétracté|dépublié)",
        r"est[ea] (?:artículo|noticia|información|nota) (?:ha sido|fue) (?:retirad|retractad)[oa]",
        r"est[ea] (?:artigo|matéria|reportagem|notícia|texto) foi (?:retirad|retratad)[oa]",
        r"quest(?:o |['’])articolo è stato (?:ritirato|ritrattato)",
        r"dit artikel is (?:ingetrokken|teruggetrokken)",
        r"ten artykuł został wycofany",
        r"(?:den här )?artikeln har dragits tillbaka",
        r"(?:denne )?artik(?:kelen|len) er trukket til(?:bake|bage)",
        r"bu (?:haber|makale|yazı) geri çekil(?:di|miştir)",
    ),
    r"(?:цю|цей) (?:статтю|новину|публікацію|матеріал) (?:було )?(?:відкликано|знято з публікації)",
    r"(?:эта|этот) (?:статья|новость|публикация|материал) (?:был[а]? )?(?:отозван|снят)[а]?(?: с публикации)?",
    r"(?:이|해당) 기사는 (?:철회|취소)",
    r"(?:この|本)記事[はを](?:撤回|取り消)",
    r"(?:本文|此文|本报道|本報道)已(?:被)?(?:撤回|撤稿)",
    r"تم سحب هذ(?:ا المقال|ا الخبر|ه المقالة)",
)
_REMOVAL = _any_of(
    r"\bthis (?:article|story|report|column|piece|post) (?:has been|was|is) "
    r"(?:removed|deleted|taken down|unpublished)",
    r"\b(?:removed|deleted|taken down|unpublished) (?:for|on) legal (?:reasons|grounds|advice)",
    r"\bdieser (?:artikel|beitrag|text) wurde (?:entfernt|gelöscht|depubliziert)",
    r"\baus rechtlichen gründen (?:entfernt|gelöscht|nicht mehr)",
    r"\bcet article a été supprimé",
    r"\best[ea] (?:artículo|noticia|artigo|matéria|notícia) (?:ha sido|fue|foi) "
    r"(?:eliminad|borrad|removid|apagad)[oa]",
    r"\bquest(?:o |['’])articolo è stato (?:rimosso|cancellato)",
    r"\bdit artikel is verwijderd",
    r"\bten artykuł został usunięty",
    r"\bbu (?:haber|makale|yazı) (?:kaldırıl|silin)(?:dı|di|mıştır|miştir)",
    r"(?:цю|цей) (?:статтю|новину|публікацію|матеріал) (?:було )?видалено",
    r"(?:эта|этот) (?:статья|новость|публикация|материал) (?:был[а]? )?удал[её]н[а]?",
    r"(?:이|해당) 기사는 삭제",
    r"(?:この|本)記事は削除",
    r"(?:本文|此文)已(?:被)?删除",
    r"تم حذف هذ(?:ا المقال|ا الخبر|ه المقالة)",
)


def notice_of(title: str, body: str, words: int) -> Notice | None:
    """`RETRACTION` if the title or the head of the text says that this article is withdrawn, `REMOVAL` if a text
    of at most 60 words says that it was removed; else None. `words` is the body's number of words."""
    if _TITLE.search(title) or _RETRACTION.search(" ".join(body[:_HEAD].split())):
        return Notice.RETRACTION
    if words <= SHORT_WORDS and _REMOVAL.search(" ".join(body.split())):
        return Notice.REMOVAL
    return None
