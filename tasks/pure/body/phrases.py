"""Calls: the lines by which a page asks its reader to do something, in the languages of the news.

Read-also lines, newsletter and membership calls, share prompts, labels of link lists, credits, datelines.
"""

import re

from tasks.pure.body.beside.mentions import asks_by_a_mention


def _any_of(*phrases: str) -> str:
    return "|".join(phrases)


_ALTERNATIVE = re.compile(r"(?:[^|()]|\((?:[^()]|\([^()]*\))*\))+")
"""What stands between two bars; brackets may hold brackets, and those no more."""


def _by_first_letter(*phrases: str) -> str:
    """The same, half as long to search for: of most letters in a text only one alternative is asked. Alternatives
    begin with a letter."""
    found: dict[str, list[str]] = {}
    for phrase in _ALTERNATIVE.findall(_any_of(*phrases)):
        found.setdefault(phrase[0], []).append(phrase[1:])
    return _any_of(*(f"{letter}(?:{_any_of(*rests)})" for letter, rests in found.items()))


def _opening(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"^[\W_]*(?:{_any_of(*phrases)})", re.IGNORECASE)


READ_ALSO = _opening(
    r"(?:please )?(?:read|see|watch|listen)(?: (?:also|more|next|on|now|here|it))?(?:\s*[:：|–—]|\s+-\s)",
    r"(?:also|must) (?:read|see)\b|read (?:also|more|next)\b",
    r"related\b[^.]{0,20}[:：]|more (?:on|from|about)\b[^.]{0,40}[:：]",
    r"recommended(?: (?:for you|articles?|stories|reads?|reading|videos?|links?))?\s*[:：]|"
    r"don['’]t miss\b(?:[^.]*$|\s*[:：])",
    r"(?:lesen|sehen|hören) sie (?:auch|hier|dazu|mehr)\b|(?:lies|sieh) auch\b",
    r"mehr (?:zum thema|dazu|lesen|infos?)\s*[:：|]|auch interessant\s*[:：]|(?:zum thema|passend dazu)\s*[:：]",
    r"(?:à )?(?:lire|voir|écouter) (?:aussi|également|plus)\b|lire la suite\b|à lire\b|sur le même (?:sujet|thème)",
    r"(?:lea|lee|leer|ver|vea|mira|escucha) (?:también|además|más)\b|te puede interesar|más información\s*[:：]",
    r"(?:leia|veja|ouça) (?:também|mais)\b|saiba mais\b",
    r"(?:leggi|guarda|vedi) anche\b|approfondisci|per approfondire",
    r"lees (?:ook|meer|verder)\b|bekijk ook",
    r"(?:czytaj|zobacz|przeczytaj|sprawdź) (?:też|także|również|więcej)\b",
    r"(?:čtěte|přečtěte si|prečítajte si) (?:také|též|tiež|i|aj)\b",
    r"(?:läs|les|læs|se) (?:också|også|mer|mere)\b|lue (?:myös|lisää)|citește și",
    r"(?:читайте|дивіться|читай|смотрите|слушайте) (?:також|ще|также|ещё|еще|на|у|в)\b|по теме?\s*[:：]|по темі",
    r"ayrıca (?:bkz|oku)|bunu da oku|ilgili haber|baca juga|simak (?:juga|video)|xem thêm|đọc thêm",
    r"اقرأ أيض|إقرأ أيض|اقرأ المزيد|طالع أيض|شاهد أيض|بیشتر بخوانید",
    r"यह भी पढ़|ये भी पढ़|इसे भी पढ़|อ่านเพิ่มเติม|อ่านข่าว",
    r"관련\s?기사|関連記事|あわせて読みたい|相关阅读|延伸阅读|相關閱讀",
)
"""A line that points at another article."""

_NEWSLETTER = re.compile(
    _any_of(
        r"\b(?:our|unser\w*|notre|nuestr[ao]|nossa|nostra|onze) (?:\w+ ){0,3}newsletters?\b",
        r"\bnewsletters?\b.{0,60}(?:sign|subscri|inbox|regist|anmeld|abonn|inscri|iscri)",
    )
)
_CALL = re.compile(
    _by_first_letter(
        r"sign up (?:for (?:our|the|free)|to (?:our|the|receive|get)|here|now)",
        r"subscribe (?:to our|now|here|for (?:our|free|unlimited|full|more))",
        r"become a (?:member|subscriber|supporter)|support our (?:work|journalism|newsroom)",
        r"donate (?:today|now|here)",
        r"start your .{0,30}subscription",
        r"follow (?:us|me|@\w+|\w+|\w+ \w+) on (?:x|twitter|facebook|instagram|telegram)\b",
        r"join us on |download our |like us on |listen to our .{0,40}podcast",
        r"share this (?:article|story)",
        r"e-?mail (?:the author|us)|contact the author|got a (?:tip|story)",
        r"send (?:us )?(?:your )?tips|get in touch with (?:us|our)",
        r"may (?:earn|receive|get) (?:an? )?(?:\w+ )?commission|will earn a commission|independently selected by our",
        r"have you got a story|all rights reserved|may not be (?:published|reproduced)|leave a comment",
        r"abonnieren sie|jetzt abonnieren|folgen sie uns|melden sie sich (?:hier|jetzt)",
        r"alle rechte vorbehalten",
        r"abonnez-vous|inscrivez-vous|suivez-nous|tous droits réservés",
        r"suscríbe[ts]e|síguenos|todos los derechos reservados|reservados todos los derechos|apúntate",
        r"inscreva-se|siga-nos|clique aqui|todos os direitos reservados",
        r"iscriviti|seguici|abbonati|riproduzione riservata",
        r"schrijf je in|volg ons|meld je aan|zapisz się",
        r"réservée? (?:aux|à nos) abonnés|soutenez-nous|faites un don",
        r"exclusiv[oa]s? para suscriptores|tu suscripción|riservat[oa] agli abbonati",
        r"unterstützen sie (?:uns|unser)|braucht (?:deine|ihre|eure) unterstützung",
        r"hat ihnen dieser (?:artikel|beitrag|text) gefallen|did you (?:like|enjoy) this (?:article|story)",
        r"was this article helpful|wie hat ihnen dieser",
        r"obserwuj nas|polub nas|följ oss|følg oss",
        r"підпис(?:уйтесь|уйтеся|атися)|приєднуйтесь|долучайтесь|підтримайте ",
        r"подпис(?:ывайтесь|аться)|присоединяйтесь",
        r"takip edin|bizi takip|ikuti kami",
        r"تابعنا|تابعونا|무단\s?전재|재배포\s?금지|저작권자|제보는|ⓒ",
        r"無断転載|この記事は(?:有料)?会員限定|会員登録(?:する|できます|して)|版权所有|客户端下载|分享让更多人",
    )
)
"""In lower case."""


def is_call(text: str) -> bool:
    """Whether a line asks for a subscription, a gift, a click, or reserves rights. What an article says of
    itself (where it appeared first, what was corrected) is none."""
    low = text.lower()
    is_newsletter = "newsletter" in low and bool(_NEWSLETTER.search(low))
    return bool(_CALL.search(low)) or is_newsletter or asks_by_a_mention(text)


_LAST_CALL = _opening(
    r"subscribe to\b|explore (?:further|more|(?:our|the) latest)\b|(?:contact us|get in touch)\b",
    r"(?:listen|watch) (?:to .{1,40} )?(?:live|back|now|again)\b|follow .{1,30}\b(?:coverage|updates)\b",
)
_CONTRIBUTED = re.compile(
    _any_of(
        r"contributed (?:to this (?:report|story|article)|reporting)\b",
        r"^\W*(?:with (?:files|reporting|additional reporting) (?:from|by)|(?:additional )?reporting by)\b",
        r"^\W*mit (?:agenturmaterial|material (?:von|der))\b|^\W*avec (?:l['’])?(?:afp|reuters|agences)\b",
        r"^\W*con información de\b|^\W*com informações d[aeo]\b",
    ),
    re.IGNORECASE,
)


def is_last_call(text: str) -> bool:
    """Whether a line at the very end asks for something, or says who else worked on the article: within the text
    the same words may be its own."""
    is_asking = len(text) < 140 and bool(_LAST_CALL.match(text))
    return is_asking or (len(text) < 300 and bool(_CONTRIBUTED.search(text)))


LABEL = re.compile(
    r"^[\W_]*(?:"
    + _any_of(
        r"related(?: (?:articles?|stories|content|topics|news|posts?|links?|reading|keywords?))?",
        r"more (?:stories|news|from .{2,30}|about|on this(?: story| topic)?|like this)|read more|see also|also read",
        r"recommended(?: (?:for you|stories|reading))?|you (?:may|might) also (?:like|be interested in)",
        r"most (?:read|popular|viewed)|trending(?: now)?|top stories|latest(?: news)?|editors?['’]? picks?",
        r"advertisement|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad[e]?|pubblicità",
        r"реклама|reklam[ay]?|iklan|advertentie|광고|embed",
        r"share(?: (?:this(?: article| story)?|on .{2,20}|article|via))?|tags?|topics?|in this (?:article|story)",
        r"(?:\d+ )?comments?|follow|about the authors?|author|print(?: article)?|order reprints|save",
        r"copy link|link copied|listen|(?:\d+ )?min(?:ute)?s?\.?(?: read)?",
        r"(?:lesezeit|leestijd|temps de lecture|tempo di lettura|tiempo de lectura)\W*\d+ ?min\w*\.?",
        r"\d+ (?:min(?:uten?)?\.? lesezeit|min\w*\.? (?:de (?:lecture|lectura|leitura)|di lettura)|min leestijd)",
        r"mehr zum thema|zum thema|themen|teilen|lesen sie auch|weitere artikel|das könnte sie auch interessieren",
        r"sur le même (?:sujet|thème)|à lire aussi|partager|thèmes|sujets liés",
        r"noticias relacionadas|temas|compartir|te puede interesar|archivado en|más información",
        r"leia também|tags relacionadas|compartilhe|assuntos|temi|argomenti|condividi|leggi anche",
        r"lees ook|deel(?: dit artikel)?|tagi|udostępnij|zobacz także|czytaj także",
        r"теми|теги|поділитися|читайте також|новини по темі|темы|поделиться|читайте также",
        r"etiketler|paylaş|baca juga|bagikan|कॉपी लिंक",
        r"관련기사|태그|공유|댓글|関連記事|関連キーワード|シェア|[^。]{1,15}をフォローする|おすすめ(?:情報|記事)",
        r"标签|关注|分享到?|分享|الوسوم|شارك|مواضيع ذات صلة",
    )
    + r")[\W_]*$",
    re.IGNORECASE,
)
"""The heading of a list of links, of a row of buttons, of an advertisement."""

_SHARE_WORDS = _any_of(
    r"share|tweet|e-?mail|mail|print(?:er[- ]friendly)?|save",
    r"pin(?: it)?|post|copy(?: link)?|gift|bookmark|text size|a\+|a-",
    r"(?:send|e-?mail|forward)(?: (?:this|it|an?|the|any|your))* (?:article|story|page|friends?)",
    r"send (?:to|by|via)(?: an?)? (?:friend|e-?mail)|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|messenger",
    r"pinterest|flipboard|pocket|viber|bluesky|threads|xing|vk|line|sms",
    r"drucken|teilen|merken|versenden|weiterleiten|empfehlen|speichern|kopieren|link kopieren|vorlesen|verschenken",
    r"(?:an (?:einen )?freund(?:e|in)?|per e-?mail) (?:senden|schicken|teilen|versenden)",
    r"artikel (?:drucken|versenden|teilen)",
    r"imprimer|partager|envoyer(?: (?:à un ami|par e-?mail|par mail))?",
    r"recommander|enregistrer|offrir(?: cet article)?|lien",
    r"imprimir|compartir|enviar(?: (?:a un amigo|por e-?mail|por correo|a um amigo))?",
    r"guardar|recomendar|regalar|copiar(?: enlace)?",
    r"compartilhar|compartilhe|partilhar|salvar|stampa|condividi",
    r"invia(?: a un amico| per e-?mail)?|salva|consiglia|regala",
    r"afdrukken|printen?|delen|deel|doorsturen|mail(?: dit)?(?: artikel)?|bewaren|opslaan|cadeau(?: geven)?",
    r"drukuj|udostępnij|wyślij(?: znajomemu)?|zapisz|poleć",
    r"skriv ut|dela|spara|tipsa(?: en vän)?|mejla|del|gem|udskriv",
    r"tulosta|jaa|tallenna|lähetä|tisk(?:nout)?|vytisknout|sdílet|poslat|uložit|nyomtatás|megosztás|küldés",
    r"yazdır|paylaş|gönder|kaydet|εκτύπωση|κοινοποίηση|αποστολή|печать|распечатать|поделиться|отправить|сохранить",
    r"друк|роздрукувати|поділитися|надіслати|зберегти|طباعة",
    r"شارك|مشاركة|إرسال|حفظ|cetak|bagikan|simpan|in bài|chia sẻ",
    r"인쇄|공유|印刷|シェア|共有|打印|分享|收藏|转发",
)
SHARE_ROW = re.compile(
    rf"^[\W_]*(?:(?:{_SHARE_WORDS})(?:[\W_]+(?:(?:and|or|und|et|y|e|i|en) )?|$)){{2,}}$", re.IGNORECASE
)
"""A row of what a reader can do with the page: `Send to a friend | Print | Share`."""
BUTTON_CALL = re.compile(
    r"\b(?:share|e-?mail|print|save|listen to|bookmark|gift) (?:this|the|it|with|via|on|by)\b|\bas a subscriber\b|"
    r"\b(?:freund(?:e|in|en)?|abonnent(?:in|en)?)\b.{0,60}\b(?:senden|schicken|teilen|verschenken|lesen|artikel)|"
    r"réservé aux abonnés|(?:udostępnij|wyślij|podziel się|podaruj)\b|\b(?:sdílet|sdílejte|pošlete)\b|поделит|"
    r"поделис|поділи|надішл|paylaş|bagikan",
    re.IGNORECASE,
)
"""Words that are a call to share, send or print only beside a button."""
SHARE_CALL = re.compile(
    _any_of(
        r"\b(?:gift articles?|give this (?:article|story)|what you share)",
        r"\b(?:share|e-?mail|print|save|bookmark|gift) (?:this|the) (?:article|story|page)",
        r"\bsend (?:any|to|this|a|it)\b.{0,20}\b(?:friend|story|article)",
        r"\b(?:artikel|beitrag|text|seite)\b.{0,30}\b(?:verschenken|teilen|versenden|merken|drucken|weiterleiten|empfehlen)",
        r"\b(?:offr(?:ir|ez)|partage[rz]|envoye[rz]|imprime[rz])\b.{0,30}\b(?:article|ami|page|lien)",
        r"\b(?:comparte|compartir|env[ií]a|enviar|regala|imprim[ei]r?|compartilhe|compartilhar|envie)\b.{0,30}\b(?:art[ií]culo|artigo|"
        r"noticia|notícia|amigo|amiga|página|enlace|link)",
        r"\b(?:condividi|invia|regala|stampa)\b.{0,30}\b(?:articolo|amico|pagina|notizia)",
        r"\b(?:deel|stuur|geef|print)\b.{0,30}\b(?:artikel|vriend|bericht|cadeau)",
        r"\b(?:udostępnij|wyślij|podaruj)\b.{0,20}\b(?:artykuł|znajom|link)",
        r"\b(?:dela|tipsa|skicka|del|send)\b.{0,20}\b(?:artikel\w*|vän|ven|venn)\b",
        r"\b(?:sdílet|sdílejte|pošlete)\b.{0,20}\bčlánek|отправ\w+ друг|arkadaşına gönder|bagikan artikel",
    ),
    re.IGNORECASE,
)
"""A call to share, send, print or give an article, where the line is short or a button is beside it."""

_AGENCIES = r"(?:getty(?: images)?|reuters|afp|ap|epa|dpa|shutterstock|alamy|imago|anp|efe|unsplash)"
CREDIT = _opening(
    r"(?:(?:lead|main|cover|featured|file|stock) )?"
    r"(?:photo|image|picture|foto|фото|fotoğraf|zdjęcie|bild|imagen|imagem|illustration)"
    r"(?:s|graph|graf[íi]a)?(?: (?:credit|courtesy|by|via|source|von|de|di|of))*\s*[:：/]",
    r"(?:사진|写真|照片|图片|圖片)\s*[:：=／/]",
    r"(?:photo |image |picture )?(?:credit|copyright|crédit|créditos?|bildquelle|fotocredit)s?\s*[:：]",
    r"(?:copyright )?(?:©|\(c\))",
    rf"[^.!?]{{2,120}}\((?:photo|foto|фото|image|bild|{_AGENCIES})\b[^)]{{0,60}}\)$",
    rf"[^.!?]{{0,100}}[/|©]\s?{_AGENCIES}[^.]{{0,30}}$",
)
"""Whose picture it is."""

DATELINE = _opening(
    r"(?:first )?(?:published|updated|posted|last (?:updated|modified)|created|modified)\b",
    r"(?:veröffentlicht|aktualisiert|stand|erstellt|zuletzt)\b\s?[:：a]",
    r"publié |mis à jour|actualizad|publicad|atualizad",
    r"pubblicat|aggiornat|gepubliceerd|bijgewerkt|giriş[:：]|güncelleme[:：]",
    r"опубліковано|оновлено|опубликовано|обновлено|입력|수정|등록|公開|更新|발행",
)
"""When it was published: a line of the page's head, not of the text."""

BARE_DATE = re.compile(
    r"^(?=(?:\D*\d){5})(?=.*(?:19|20)\d\d)"
    r"[\W\d_]*(?:[^\W\d_]+[\W\d_]+){0,4}\d[\W\d_]*(?:am|pm|uhr|[年月日時分更新公開]|[\W\d_]){0,20}$",
    re.IGNORECASE,
)
"""A line of little but digits, as dates are."""
