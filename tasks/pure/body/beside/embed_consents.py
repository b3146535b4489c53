"""The text that stands in place of an embed until the reader agrees to it, in the languages of the news."""

import re

_LABEL = re.compile(
    r"^\W*(?:recommended editorial content|empfohlener (?:redaktioneller )?inhalt|externer inhalt|"
    r"external content|contenu (?:externe|recommandé)(?: par la rédaction)?|contenido externo|conteúdo externo|"
    r"contenuto esterno|externe inhoud|"
    r"treść zewnętrzna|externí obsah|externt innehåll|eksternt indhold|ulkoinen sisältö|"
    r"внешний контент|зовнішній контент)\W*$",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(
    r"external (?:editorial )?content|content from (?:third|external)|"
    r"third[- ]party (?:content|platforms?|providers?)|extern\w+ (?:inhalt|medi|dienst)\w*|"
    r"inhalte? (?:von|des|der) (?:dritt|extern|drittanbieter)\w*|drittplattform\w*|"
    r"contenus? (?:externes?|tiers)|plateformes? tierces?|contenidos? externos?|plataformas? de terceros|"
    r"conteúdos? externos?|plataformas? de terceiros|contenut[oi] estern[oi]|piattaforme (?:di terzi|terze)|"
    r"externe (?:inhoud|content|media)|platform(?:s|en)? van derden|treści zewnętrzn\w+|"
    r"extern(?:t|a) innehåll|eksternt indhold|eksternt innhold|внешн\w+ (?:контент|сервис)\w*|"
    r"зовнішн\w+ (?:контент|сервіс)\w*"
)
_CONSENT = re.compile(
    r"\bi (?:agree|consent)|\byou (?:agree|consent)|personal data|privacy|cookies?\b|"
    r"one click|click to (?:load|view|show)|"
    r"einverstanden|personenbezogene|datenschutz|\bklick|zustimm|einwillig|"
    r"données personnelles|j['’]accepte|acceptez|confidentialité|\bclic\b|"
    r"datos personales|acepto|privacidad|dados pessoais|aceito|dati personali|acconsent|accett|"
    r"persoonsgegevens|akkoord|toestemming|dane osobowe|danych osobowych|zgod|personuppgifter|godkänn|samtykke|"
    r"персональн\w+ данн|согла|персональн\w+ дан|погодж"
)
_AT_MOST = 800
"""Characters of one such line; the longest seen have about 500."""


def is_embed_consent(text: str) -> bool:
    """Whether a line asks for consent to content of another house, or is its label."""
    if len(text) > _AT_MOST:
        return False
    low = text.lower()
    return bool(_LABEL.match(low)) or bool(_EXTERNAL.search(low) and _CONSENT.search(low) and _SPEAKS.search(low))


_SPEAKS = re.compile(
    r"\b(?:i|you|me|my|your|we|our)\b|\b(?:ich|mir|sie|ihnen|wir|unser\w*)\b|\b(?:je|vous|nous|notre)\b|"
    r"\b(?:yo|me|usted|tu|nuestr\w+|você|eu|nossa?|io|mi|tua?|ik|u|je|onze|jag|du|jeg)\b|\b(?:я|вы|вам|мне|ви|мені)\b|"
    r"\b(?:wyrażam|nasz\w*|acepto|aceito|acconsento)\b"
)
"""Such a line speaks as the reader or to the reader; news on the subject seldom does."""
