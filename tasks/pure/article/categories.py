"""Categories of feeds: which of them say something of an article."""

import re

_NONE = frozenset(
    {
        "uncategorized", "uncategorised", "unclassified", "no category", "none", "default", "allgemein",
        "nicht kategorisiert", "ohne kategorie", "non classé", "non classe", "non catégorisé", "sin categoría",
        "sin categoria", "sense categoria", "sem categoria", "sem categoría", "senza categoria",
        "non categorizzato", "geen categorie", "niet gecategoriseerd", "ongecategoriseerd", "okategoriserade",
        "okategoriserad", "ukategorisert", "ikke kategoriseret", "ukategoriseret", "yleinen", "luokittelematon",
        "bez kategorii", "nezařazené", "nezaradené", "egyéb kategória", "fără categorie", "некатегоризирано",
        "без рубрики", "без категории", "без категорії", "nekategorizirano", "nerazvrščeno",
        "αταξινόμητα", "χωρίς κατηγορία", "genel", "kategorilenmemiş", "غير مصنف", "دسته‌بندی نشده",
        "ללא קטגוריה", "כללי", "未分類", "未分类", "미분류", "chưa phân loại", "tak berkategori",
    }
)  # fmt: skip
"""What WordPress and others write where an author chose no category, in the languages of their translations."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|urn:|tag:)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")


def says_something(category: str) -> bool:
    """Whether it is a word for people: no address (Atom lets a term be an IRI, RFC 4287, 4.2.2.1), no bare
    number of a database, and not the software's word for no category."""
    text = category.strip()
    if _ADDRESS.match(text) or text.casefold() in _NONE:
        return False
    return bool(_WORD.search(text)) or (len(text) == 4 and text.isdecimal())
