"""The words of written dates: months in the languages of news, zones of RFC 822, weekdays."""

ZONES = {
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
}
"""Minutes east of UTC. RFC 822 section 5.1 and UTC; other names mean several zones each, so they are not read."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""First three letters, in Python's order of `date.weekday()`."""

# The forms that follow a day's number. Left out: `listopada`, November in Polish and October in Croatian.
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar/jänner februar/feber märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
    "νοεμβρίου δεκεμβρίου",
    "ar": "يناير فبراير مارس أبريل مايو يونيو/يونيه يوليو/يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
}
_SHORT = {
    "de": "jan feb mär/mrz apr mai jun jul aug sep/sept okt nov dez",
    "fr": "janv févr/fév mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep/sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}
_ENGLISH_SHORT = "jan feb mar apr may jun jul aug sep/sept oct nov dec"


def _months() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Word → month and languages; a word that means two months in two languages is left out."""
    found: dict[str, dict[str, int]] = {}
    for language, row in (*_MONTHS.items(), *_SHORT.items(), ("en", _ENGLISH_SHORT)):
        for month, cell in enumerate(row.split(), start=1):
            for word in cell.split("/"):
                found.setdefault(word, {})[language] = month
    return {
        word: (next(iter(by_language.values())), tuple(by_language))
        for word, by_language in found.items()
        if len(set(by_language.values())) == 1
    }


MONTHS = _months()
"""Word in lower case → month (1 to 12) and the languages that call it so."""

SHORT_MONTHS = frozenset(word for cell in _ENGLISH_SHORT.split() for word in cell.split("/"))

HALVES = {"午前": "a", "上午": "a", "오전": "a", "午後": "p", "下午": "p", "오후": "p"}
"""Words for the half of the day: `a` before noon, `p` after."""
