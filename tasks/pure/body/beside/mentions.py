"""Words of calls that news uses, too: a newsletter, an inbox, a channel, a registration.

A line with such words is a call where it asks: it opens with a request or an offer to the reader, exclaims, or is no
sentence. A statement that names them is the article's own.
"""

import re

from tasks.pure.text.clean import SENTENCE_END

_MENTIONS = re.compile(
    "|".join(
        (
            r"\b(?:your|free|daily|weekly) (?:\w+ ){0,3}newsletters?\b",
            r"\byour inbox\b",
            r"\bsubscribe to the\b",
            r"\bsupport independent \w",
            r"\bget in touch with\b|\bcontact us\b",
            r"\bclick here\b",
            r"\bkostenlos testen\b|\bjetzt (?:anmelden|lesen|testen)\b",
            r"\bregístrate\b|\búnete a\b",
            r"\bprenumerera\b|\babonneer|\babone ol",
            r"\bberlangganan\b|\bđăng ký\b",
            r"\btelegram-?(?:канал|channel|kanal)|телеграм-?канал",
            r"اشترك في",
            r"ニュースレター|メルマガ",
        )
    )
)
"""In lower case."""
_ASKS = re.compile(
    r"^[\W\d_]*(?:please |don['’]t |do you |would you |want |why not |if you |"
    r"to (?:get|receive|subscribe|unsubscribe)\b|"
    r"by (?:sign|subscrib|enter)\w+|you can (?:also )?(?:sign|subscribe|follow|read|get|unsubscribe)\b|"
    r"(?:get|receive|sign|subscribe|join|try|read|discover|like|enjoy|start|check|download|follow|find|click|tap|visit|"
    r"register|support|contact|e-?mail|send|share|stay|keep|never miss|listen|watch|see|learn|explore|choose|select|"
    r"enter|add|become|help|donate|our|your|free|unlimited|this (?:article|story|post|newsletter))\b|"
    r"(?:jetzt|hier|abonnieren|melden|lesen|testen|folgen|unser|sie (?:wollen|möchten|können)|kostenlos|mehr)\b|"
    r"(?:suscr|reg[ií]str|[úu]nete|recib[ea]|sigue|inscr|cadastre|receba|assine|siga|"
    r"iscriv|recevez|inscri|abonn|découvrez|suivez|ontvang|volg|meld|schrijf|wil)|"
    r"(?:prenumerera|få|läs|följ|abone|takip|berlangganan|ikuti|dapatkan|unduh|đăng ký|theo dõi|nhận|tải)|"
    r"(?:підпис|підпиш|читайте|слідкуйте|стежте|долучай|наш|подпис|подпиш|следите|смотрите|больше|ще |ещё|еще)|"
    r"(?:تابع|احصل|سجل|انضم))",
    re.IGNORECASE,
)
_OUR_CHANNEL = re.compile(
    r"\b(?:в )?(?:наш\w*|в нашем|у нашому) .{0,20}(?:телеграм|telegram)|подпи(?:с|ш)|підпи(?:с|ш)"
)
_TO_THE_INBOX = re.compile(
    r"\b(?:deliver\w*|sen[dt]|straight|direct(?:ly)?|right)\b.{0,40}\byour inbox\b|"
    r"\byour inbox (?:every|each|daily|weekly|for free|by)\b|"
    r"اشترك في (?:نشرت|قنا|القنا|خدم)|"
    r"ニュースレター.{0,20}(?:登録|購読|お届け|配信中)|メルマガ.{0,20}(?:登録|購読|お届け|配信中)"
)


def asks_by_a_mention(text: str) -> bool:
    """Whether a line with a word that both calls and news use asks the reader for something."""
    low = text.lower()
    if not _MENTIONS.search(low):
        return False
    return bool(
        not SENTENCE_END.search(text)
        or "!" in text
        or _ASKS.match(low)
        or _TO_THE_INBOX.search(low)
        or _OUR_CHANNEL.search(low)
    )
