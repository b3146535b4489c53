"""Gate phrases: texts of challenge, login, error, consent and paywall pages, in the common languages of news."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


def _in_lower_case(*phrases: str) -> re.Pattern[str]:
    """For markup in lower case: matching without case takes five times as long, and pages have much markup."""
    return re.compile("|".join(phrases))


CHALLENGE_TITLE = _any_of(
    r"just a moment(?: please)?|one moment,? please|one more step|please wait|hold on",
    r"attention required",
    r"access (?:to this page )?(?:has been |is |was )?denied|\S+ used cloudflare to restrict access",
    r"(?:sorry,? )?you (?:have been|are|were) (?:temporarily )?blocked|request (?:blocked|rejected)",
    r"pardon (?:our|the) interruption",
    r"are you (?:(?:a |really )?(?:human|robot)|not a robot)",
    r"(?:please )?verify(?:ing)? (?:that )?you(?:['’]re| are) (?:not )?(?:an? )?(?:real )?(?:human|person|robot|bot)"
    r"\b.{0,40}",
    r"(?:please )?verify(?:ing)? your (?:browser|identity|connection)(?: to continue| before .{1,40})?",
    r"(?:please )?confirm (?:that )?you(?:['’]re| are) (?:not )?(?:a )?(?:human|robot|bot).{0,30}",
    r"(?:security|robot|browser|bot|human) (?:check|challenge|verification|detection)(?: required)?",
    r"ddos-guard|ddos protection by .{1,30}",
    r"checking your browser(?: before .{1,60})?",
    r"(?:re)?captcha(?: (?:required|challenge|verification|check))?",
    r"request unsuccessful(?:\. incapsula incident id.*)?",
    r"un momento(?: por favor)?|um momento(?: por favor)?|einen moment(?: bitte)?|un instant(?: s['’]il vous plaît)?",
    r"een moment(?: geduld)?(?: alstublieft)?|ett ögonblick|et øjeblik|et øyeblikk|lige et øjeblik|hetkinen",
    r"(?:jeszcze )?(?:chwil[ęa]|moment)|proszę czekać|okamžik(?: prosím)?|o clipă|egy pillanat|μισό λεπτό",
    r"bir dakika(?: lütfen)?|один момент|минуту|подождите|зачекайте(?: хвилинку)?|хвилинку|tunggu sebentar",
    r"перевірка браузера|проверка браузера|sicherheitsprüfung|accès refusé|zugriff verweigert|acceso denegado",
    r"acesso negado|accesso negato|toegang geweigerd|odmowa dostępu|erişim engellendi",
    r"доступ (?:запрещ[её]н|заборонено)",
    r"잠시만(?: 기다리십시오| 기다려 ?주세요)?|しばらくお待ちください|少々お待ちください|请稍候|請稍候",
    r"لحظة(?: من فضلك)?",
    r"(?:sind sie|bist du) ein (?:mensch|roboter)|êtes-vous un (?:humain|robot)|¿?eres (?:un )?(?:humano|robot)",
)
"""Whole titles of challenge pages; as words of a longer title they are words of a headline."""
CHALLENGE_MARK = _in_lower_case(
    "cf-challenge",
    "challenge-platform/h/",
    "cf_chl_",
    r"incapsula incident|incapsula_resource[^\n]*incident",
    "px-captcha",
    "captcha-delivery",
    "js-challenge",
)
"""In the markup of challenge pages alone."""
CAPTCHA_MARK = _in_lower_case(
    "challenge-platform",
    "cf-turnstile",
    "incapsula_resource",
    "perimeterx",
    "datadome",
    "ddos-guard",
    "[gh]-(?:re)?captcha",
)
"""In the markup of challenge pages, and of pages with a form or a script against robots: Cloudflare puts its
`challenge-platform/scripts/jsd` into any page."""
CHALLENGE_TEXT = _any_of(
    "verify (?:that )?you are (?:a )?human", "enable javascript and cookies to continue", "unusual traffic"
)
LOGIN_TITLE = _any_of(
    r"(?:please )?(?:log ?-?in|sign ?-?in|log ?on)(?: (?:to|with|for|at) .{1,30}| (?:page|required))?",
    r"create (?:an|your) (?:free )?account|register now|register to (?:continue|read).{0,30}|registration required",
    r"(?:bitte )?(?:anmelden|anmeldung|einloggen|login erforderlich)(?: bei .{1,30})?",
    r"se connecter|connexion|connectez-vous(?: à .{1,30})?|identifiez-vous|s['’]identifier",
    r"iniciar sesión|inicia sesión|acceder|entrar|iniciar sessão|fazer login",
    r"accedi|inloggen|zaloguj(?: się)?|logowanie|logga in|logg inn|log ind|kirjaudu(?: sisään)?",
    r"giriş yap|masuk|đăng nhập|увійти|вхід|войти|вход",
    r"로그인|ログイン|登录|登入|تسجيل الدخول",
)
"""Whole titles of login pages, if the page has a password field too."""
_ERROR = (
    "(?:error|erreur|fehler|errore|erro|fout|błąd|fel|feil|fejl|virhe|hata|hiba|chyba|eroare|σφάλμα|ошибка|помилка|грешка|"
    "lỗi|kesalahan|エラー|错误|錯誤|오류|خطأ)"
)
_PAGE = "(?:the |this |that |your )?(?:requested )?(?:page|url|article|story|content|file|document|resource)"
GONE_TITLE = _any_of(
    rf"(?:http )?(?:status )?(?:{_ERROR}[ :#]*)?(?:404|410)(?:[ :]*(?:{_ERROR}|page|not found|gone))*",
    rf"{_ERROR}|{_ERROR} page|not found|nothing (?:was )?found(?: here)?|gone",
    rf"(?:{_ERROR}[ :]*)?{_PAGE} (?:you .{{0,60}} )?(?:was |is |has |could )?(?:not|no longer|n['’]t) ?(?:be |been )?"
    r"(?:found|available|here)(?: on this server)?",
    rf"{_PAGE} (?:you .{{0,60}} )?(?:can(?:no|['’])t be (?:found|displayed)|(?:does not|doesn['’]t|no longer) exists?"
    r"(?: anymore)?|(?:has been |was )?(?:moved or )?(?:removed|deleted)|unavailable|missing)",
    r"we (?:can['’]?t|cannot|could ?n['’]?o?t) (?:seem to )?find (?:the|that|this|your) (?:page|article).{0,60}",
    r"(?:diese?r? |die |der )?(?:angeforderte |gesuchte )?(?:seite|artikel|inhalt) (?:wurde |konnte |ist )?"
    r"(?:leider )?(?:nicht|nicht mehr) (?:gefunden|verfügbar|vorhanden|auffindbar)(?: werden)?",
    r"(?:die |diese )?seite existiert nicht(?: mehr)?",
    r"(?:cette |la )?(?:page|article) (?:demandée? )?(?:est )?(?:introuvable|non trouvée?|inexistante|indisponible)",
    r"(?:cette |la )?page (?:demandée )?n['’](?:existe (?:pas|plus)|a pas été trouvée)",
    r"(?:la )?p[áa]gina (?:que buscas? )?no (?:encontrada|existe|disponible|se encontr[óa]|se ha encontrado)",
    r"(?:a )?p[áa]gina não (?:encontrada|existe|disponível|foi encontrada)",
    r"(?:la )?pagina (?:non (?:trovata|esiste|disponibile)|inesistente)",
    r"(?:de )?pagina (?:is )?(?:niet (?:gevonden|beschikbaar)|bestaat niet(?: meer)?|kan niet worden gevonden)",
    r"nie znaleziono (?:takiej )?strony|strona nie (?:istnieje|została znaleziona)|nie ma takiej strony",
    r"sidan (?:hittades inte|kunde inte hittas|finns inte)|siden (?:ble|blev|finnes|findes) ikke(?: funnet| fundet)?",
    r"fant ikke siden|sivua ei (?:löytynyt|löydy)|stránka (?:nebyla )?nenalezena|az? oldal nem található",
    r"pagina nu (?:a fost găsită|există)|η σελίδα δεν (?:βρέθηκε|υπάρχει)|(?:aradığınız )?sayfa bulunamadı",
    r"halaman tidak ditemukan|không tìm thấy trang",
    r"сторінк[ау] не (?:знайдено|існує)|страница не (?:найдена|существует)",
    r"страницата не (?:е намерена|съществува)|페이지를 찾을 수 없(?:습니다|음)|존재하지 않는 페이지(?:입니다)?",
    r"(?:お探しの)?ページ[がは]見つかりません(?:でした)?|(?:该|此)?页面不存在|找不到(?:该|此)?页面|頁面不存在",
    r"الصفحة (?:المطلوبة )?غير موجودة|הדף לא נמצא|पेज नहीं मिला",
)
"""Whole titles of pages that are gone; as words of a longer title they are words of a headline."""
LEAD_IN = _any_of(
    r"^(?:(?:oops|whoops|uh[- ]?oh|sorry|we['’]?re sorry|we are sorry|hoppla|huch|entschuldigung|désolée?|oups|"
    r"lo sentimos|vaya|spiacenti|ops|desculpe|helaas|przepraszamy|упс|извините|вибачте|maaf|üzgünüz|ups)"
    r"[\s!.,…:-]+(?:but )?)+"
)
GONE = _any_of(
    r"\b404\b.{0,20}(?:not found|error)",
    r"\bpage (?:was )?not found",
    r"\b(?:page|article|story) (?:you .{0,30})?(?:is (?:no longer|not)|can(?:no|['’])t be|could not be) "
    r"(?:available|found)",
    r"\bpage (?:you .{0,30})?(?:does not|doesn['’]t|no longer) exist",
    r"\bwe can['’]?t find (?:the|that) page",
    r"seite (?:wurde )?nicht gefunden",
    r"artikel (?:ist )?nicht (?:mehr )?verfügbar",
    r"page (?:introuvable|non trouvée)",
    r"p[áa]gina n(?:o encontrada|ão encontrada|on trovata|iet gevonden)",
    r"nie znaleziono strony",
    r"sid(?:an hittades|en ble) (?:inte|ikke)",
    r"sayfa bulunamadı",
    r"halaman tidak ditemukan",
    r"không tìm thấy trang",
    r"сторінк[ау] не (?:знайдено|існує)",
    r"страница не (?:найдена|существует)",
    r"페이지를 찾을 수 없",
    r"존재하지 않는 페이지",
    r"ページが見つかりません",
    r"页面不存在",
    r"الصفحة غير موجودة",
)
"""In the text of a page without a text of its own."""
CONSENT = _any_of(
    r"before you continue",
    r"we (?:and our (?:\d+ )?partners )?(?:use cookies|value your privacy|care about your privacy)",
    r"cookie (?:consent|settings|preferences|policy)",
    r"accept (?:all )?(?:cookies|and continue)",
    r"your privacy choices",
    r"manage (?:your )?(?:privacy|consent)",
    r"store (?:and/or )?access information on (?:a|your) device",
    r"cookies? (?:akzeptieren|zustimmen)",
    r"(?:mit )?werbung weiterlesen",
    r"ihre (?:einwilligung|zustimmung)",
    r"accepter (?:les cookies|et (?:fermer|continuer))",
    r"g[ée]rer (?:les|mes) cookies",
    r"aceptar (?:todas las )?cookies",
    r"accetta (?:i )?cookie",
    r"cookies accepteren",
    r"файл(?:и|ів|ов|ы) cookie",
    r"쿠키 (?:사용|동의)",
)
CONSENT_URL = _any_of(
    r"^https?://(?:consent|cmp|guce)\.", r"/(?:consent|cookie-?wall|privacy-?gate|collectconsent)(?:[/?]|$)"
)
PAYWALL = _any_of(
    r"(?:subscribe|sign in|log ?in|register|become a (?:member|subscriber)) (?:now )?to (?:continue|keep|read)",
    r"continue reading with",
    r"already a subscriber",
    r"this (?:article|story) is (?:for|only for|exclusive to|available (?:only )?to)[^.]{0,30}(?:subscriber|member)",
    r"(?:subscriber|member)s?[- ]only",
    r"(?:to|and) read the (?:full|rest of the|whole) (?:article|story)",
    r"unlock this (?:article|story)",
    r"jetzt weiterlesen|weiterlesen mit",
    r"(?:nur|exklusiv) für abonnent",
    r"bereits abonnent",
    r"réservée?s? (?:à nos|aux) abonn",
    r"il vous reste [\d,.]+ ?% de cet article",
    r"déjà abonné",
    r"(?:contenido )?exclusiv[oa] para (?:suscriptores|assinantes)",
    r"suscríbete para (?:seguir|continuar)",
    r"riservato agli abbonati|abbonati per (?:continuare|leggere)",
    r"alleen voor abonnees",
    r"tylko dla (?:prenumeratorów|subskrybentów)",
    r"(?:лише|тільки) для (?:передплатників|підписників)",
    r"только для подписчиков",
    r"유료 (?:회원|구독)|구독자 전용",
    r"有料会員|会員限定|订阅后",
)
PAYWALL_CLASS = _in_lower_case(
    r"\b(?:paywall|piano-offer|subscriber-only|premium-(?:lock|wall)|regwall|meter-wall|locked-content)\b"
)
READ_ON = _any_of(
    r"^(?:read (?:more|the full)|continue reading|keep reading|full (?:story|article))",
    r"^(?:weiterlesen|lire la suite|seguir leyendo|leer más|leggi tutto)",
    r"^(?:читати (?:далі|повністю)|читать далее|전체보기|続きを読む)",
)
CUT_END = _any_of(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_OF_GATES = _any_of(
    r"browser|navigateur|navegador|браузер|ブラウザ|浏览器|瀏覽器|브라우저|tarayıcı|przeglądar|webbläsar|متصفح",
    r"cookie|javascript|java script|captcha|robot|\bbots?\b|кук|クッキー|쿠키|automated|automatis|automatiz",
    r"\bip\b|vpn|proxy|permission|server|reference|request|web ?site|securit|traffic|verif|blocked|denied",
    r"home ?page|search|archive|\blink|address|\burl\b|\bpage\b|seite|página|pagina|stron[ay]|страниц|сторінк",
    r"ページ|页面|頁面|페이지|الصفحة",
    r"privacy|consent|partner|log ?in|sign ?in|account|password|subscri|abonn|abonnier|suscri|assin",
)
_TO_THE_VISITOR = _any_of(
    r"\b(?:you|your|please|we|our|sorry)\b",
    r"\b(?:bitte|ihre?[nmr]?|wir|unsere?[nmr]?)\b|\bSie\b",
    r"\b(?:vous|votre|vos|veuillez|nous|su|sus|usted|por favor|tus?|seu|sua|você|tuo|vostr[oi]|je|uw)\b",
    r"\b(?:twoj\w*|prosz[ęe]|ваш\w*|вас|вы|ви|пожалуйста|будь ласка|lütfen|siz\w*)\b",
    r"您|请|請|お客様|ください|귀하|주세요|십시오|من فضلك",
)


def is_of_a_gate(paragraph: str) -> bool:
    """Whether a paragraph speaks to a visitor about browser, robots, cookies, log-in or the missing page, as the text
    of challenge, consent, log-in and error pages does, and that of an article on these matters does not."""
    return bool(_OF_GATES.search(paragraph) and _TO_THE_VISITOR.search(paragraph))


_APART = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|»]\s*")
_EDGES = " .…!?¡¿:;,-–—\"'“”«»()[]"
_STOP = re.compile(r"\s*[:.!]\s+")
_NAME_WORDS = 5


def whole_title(pattern: re.Pattern[str], head: str) -> str | None:
    """The head as evidence, if the pattern is the whole of it, or the whole of a part beside at most five words of
    another part (the outlet's name): `Page not found | The Courier`, but not `404 new cases of flu`."""
    parts = [LEAD_IN.sub("", part.strip(_EDGES)).strip(_EDGES) for part in _APART.split(head)]
    named = [part for part in parts if not _is_all(pattern, part)]
    is_whole = len(named) < len(parts) and all(len(part.split()) <= _NAME_WORDS for part in named)
    return f"title: {head[:80]!r}" if is_whole else None


def _is_all(pattern: re.Pattern[str], part: str) -> bool:
    """Whether the pattern is the whole of the part, or of each piece of it (`Error 404: page not found`)."""
    pieces = _STOP.split(part.replace(", ", " "))
    return bool(pattern.fullmatch(part)) or all(pattern.fullmatch(piece) for piece in pieces)
