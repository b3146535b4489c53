"""What texts in many languages mention; all of them are invented."""

from uuid import UUID

import pytest

from schemas.items.mention import MENTIONS_AT_MOST, MentionKind, StoredWords
from tasks.pure.stories.mentions.find import mentions_in, mentions_of_stored

PERSON, PLACE, NAME = MentionKind.PERSON, MentionKind.PLACE, MentionKind.NAME
ORGANISATION, NUMBER = MentionKind.ORGANISATION, MentionKind.NUMBER
TEXTS = [
    (
        "en",
        "Yesterday President Ana Costa told Reuters that Harbour Lines Ltd lost 2.5 million euros near Lisbon. Mr. "
        "Pier of the Bank of England agreed.",
        {
            "ana costa": PERSON,
            "reuters": ORGANISATION,
            "harbour lines ltd": ORGANISATION,
            "2500000 EUR": NUMBER,
            "lisbon": PLACE,
            "pier": PERSON,
            "bank of england": ORGANISATION,
        },
    ),
    (
        "de",
        "Am Montag sagte Ministerin Anna Berg in Kiew, die Nordhafen GmbH zahle für das Essen 1,5 Millionen Euro.",
        {"anna berg": PERSON, "kyiv": PLACE, "nordhafen gmbh": ORGANISATION, "1500000 EUR": NUMBER},
    ),
    (
        "fr",
        "Selon Mme Claire Dubois, l’Ukraine et l’Union européenne aident la Côte d’Ivoire. Le bateau a fait 12 km.",
        {
            "claire dubois": PERSON,
            "ukraine": PLACE,
            "european union": ORGANISATION,
            "côte d’ivoire": PLACE,
            "12 kilometer": NUMBER,
        },
    ),
    (
        "es",
        "Según el ministro Juan Pérez, la ONU y EE.UU. darán 2.500 euros a la Universidad de Chile.",
        {
            "juan pérez": PERSON,
            "united nations": ORGANISATION,
            "united states": PLACE,
            "2500 EUR": NUMBER,
            "universidad de chile": ORGANISATION,
        },
    ),
    (
        "pl",
        "Wczoraj premier Jan Kowal powiedział, że Ukraina zapłaci 5 milionów euro.",
        {"jan kowal": PERSON, "ukraine": PLACE, "5000000 EUR": NUMBER},
    ),
    (
        "uk",
        "Сьогодні президент Олена Коваль сказала, що Україна отримає 2,5 мільйона євро. Далі ТОВ «Північ» та США.",
        {
            "олена коваль": PERSON,
            "ukraine": PLACE,
            "2500000 EUR": NUMBER,
            "тов північ": ORGANISATION,
            "united states": PLACE,
        },
    ),
    (
        "ru",
        "Вчера министр Иван Портов сообщил, что Германия и ООН выделят 12 километров кабеля.",
        {"иван портов": PERSON, "germany": PLACE, "united nations": ORGANISATION, "12 kilometer": NUMBER},
    ),
    (
        "tr",
        "Dün Cumhurbaşkanı Ali Kaya, ABD ve Almanya'da 20 dakika konuştu.",
        {"ali kaya": PERSON, "united states": PLACE, "germany": PLACE, "20 minute": NUMBER},
    ),
    (
        "ar",
        "قالت رويترز إن عبارة غرقت قرب لندن، وأرسلت فرنسا مساعدات بقيمة 2.5 مليون دولار أمريكي. وكتبت «المرفأ» ذلك، "
        "وأضافت المرفأ أن العبارة قديمة. وباليابان أيضا.",
        {
            "japan": PLACE,
            "reuters": ORGANISATION,
            "london": PLACE,
            "france": PLACE,
            "2500000 USD": NUMBER,
            "المرفأ": NAME,
        },
    ),
    (
        "ja",
        "東京で田中さんは「あの船は古い」と話した。ジョン・スミス氏はアメリカ合衆国に戻り、Apple社は300万円を払う。"
        "映画『白い港』のニュース。",
        {
            "tokyo": PLACE,
            "田中": PERSON,
            "ジョン・スミス": PERSON,
            "united states": PLACE,
            "apple": NAME,
            "3000000 JPY": NUMBER,
            "白い港": NAME,
        },
    ),
    (
        "zh",
        "新华社电，约翰·史密斯先生说，美国和日本将提供250万美元。联合国表示关注。他的书《白色港口》长12公里。",
        {
            "xinhua": ORGANISATION,
            "约翰·史密斯": PERSON,
            "united states": PLACE,
            "japan": PLACE,
            "2500000 USD": NUMBER,
            "united nations": ORGANISATION,
            "白色港口": NAME,
            "12 kilometer": NUMBER,
        },
    ),
    (
        "ko",
        "김민수 씨는 서울에서 미국과 유엔이 도울 것이라고 말했다.",
        {"김민수": PERSON, "seoul": PLACE, "united states": PLACE, "united nations": ORGANISATION},
    ),
    (
        "th",
        "เรือจมใกล้กรุงลอนดอน ญี่ปุ่นส่งเงิน 5 ล้านดอลลาร์สหรัฐ",
        {"london": PLACE, "japan": PLACE, "5000000 USD": NUMBER},
    ),
    ("hi", "लंदन के पास नाव डूबी। भारत 12 किलोमीटर दूर है।", {"london": PLACE, "india": PLACE, "12 kilometer": NUMBER}),
]


@pytest.mark.parametrize(("language", "body", "found"), TEXTS, ids=[language for language, *_ in TEXTS])
def test_names_and_quantities_are_told_in_many_languages_and_nothing_else_is(
    language: str, body: str, found: dict[str, MentionKind]
) -> None:
    assert {one.name: one.kind for one in mentions_in("", body, language)} == found


def test_a_text_in_an_unknown_language_tells_nothing() -> None:
    assert mentions_in("Ferry", "President Ana Costa sailed to Lisbon.", None) == ()


def test_mentions_are_counted_and_those_of_the_title_come_first() -> None:
    found = mentions_in("Rain over Lisbon", "He met Ana Costa and Bo Pier. She saw Bo Pier in Lisbon.", "en")

    assert [(one.text, one.times, one.in_title) for one in found] == [
        ("Lisbon", 2, True),
        ("Bo Pier", 2, False),
        ("Ana Costa", 1, False),
    ]


def test_a_name_within_a_longer_word_of_the_title_is_not_in_the_title() -> None:
    (found,) = mentions_in("the romania report", "He went to Roman.", "en")

    assert (found.text, found.in_title) == ("Roman", False)


def test_a_name_of_two_kinds_is_a_name() -> None:
    found = {one.name: one.kind for one in mentions_in("", "In Berlin he met Mr. Otto Berlin in Berlin.", "en")}

    assert found == {"berlin": NAME, "otto berlin": PERSON}


def test_the_mentions_of_a_text_have_a_bound() -> None:
    body = " and ".join(f"he met Ana{number:03} Costa" for number in range(200))

    assert len(mentions_in("", body, "en")) == MENTIONS_AT_MOST


def test_stored_texts_mention_what_they_did_when_they_were_read() -> None:
    language, body, _ = TEXTS[0]
    stored = StoredWords(UUID(int=1), 1, "A title", body, language)
    assert mentions_of_stored([stored]) == [mentions_in("A title", body, language)]
