"""Gate phrases: texts of challenge, login, error, consent and paywall pages, in the common languages of news."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


def _in_lower_case(*phrases: str) -> re.Pattern[str]:
    """For markup in lower case: matching without case takes five times as long, and pages have much markup."""
    return re.compile("|".join(phrases))


CHALLENGE_TITLE = _any_of(
    r"^just a moment",
    r"^attention required",
    r"^access (?:to this page has been )?denied",
    r"^pardon our interruption",
    r"^are you (?:a )?(?:human|robot)",
    r"^(?:please )?verify(?:ing)? (?:that )?you",
    r"^(?:security|robot|browser) check",
    r"^ddos-guard",
    r"^checking your browser",
    r"^human verification",
    r"^(?:captcha|bot verification|request unsuccessful)",
    r"^(?:un momento|einen moment|перевірка браузера|проверка браузера|잠시만)",
)
CHALLENGE_MARK = _in_lower_case(
    "cf-challenge",
    "challenge-platform",
    "cf_chl_",
    "cf-turnstile",
    "incapsula[_ ](?:incident|resource)",
    "px-captcha",
    "perimeterx",
    "captcha-delivery",
    "datadome",
    "ddos-guard",
    "[gh]-(?:re)?captcha",
    "verify (?:that )?you are (?:a )?human",
    "enable javascript and cookies to continue",
    "unusual traffic",
)
LOGIN_TITLE = _any_of(
    r"^(?:please )?(?:log ?-?in|sign ?-?in|log ?on)\b",
    r"^(?:create (?:an|your) (?:free )?account|register (?:now|to)|registration required)",
    r"^(?:anmelden|anmeldung|einloggen|login erforderlich)\b",
    r"^(?:se connecter|connexion|connectez-vous|identifiez-vous|s['’]identifier)\b",
    r"^(?:iniciar sesión|inicia sesión|acceder|entrar|iniciar sessão|fazer login)\b",
    r"^(?:accedi|inloggen|zaloguj|logowanie|logga in|logg inn|log ind|kirjaudu)\b",
    r"^(?:giriş yap|masuk|đăng nhập|увійти|вхід|войти|вход)\b",
    r"^(?:로그인|ログイン|登录|登入|تسجيل الدخول)",
)
"""Titles of login pages, if the page has a password field too."""
GONE = _any_of(
    r"^(?:error )?404\b",
    r"\b404\b.{0,20}(?:not found|error)",
    r"\bpage (?:was )?not found",
    r"\b(?:page|article|story|content) (?:you .{0,30})?(?:is (?:no longer|not)|can(?:no|['’])t be|could not be) "
    r"(?:available|found)",
    r"\b(?:page|article|story) (?:you .{0,30})?(?:does not|doesn['’]t|no longer) exist",
    r"\bwe can['’]?t find (?:the|that) page",
    r"\bnothing (?:was )?found\b",
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
