"""Words that calls and news share: a request to the reader is a call, a statement is the article's."""

import pytest

from tasks.pure.body.paragraph_rules import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "The parish added two hundred readers of its letter to your free newsletter last year.",
        "A filter now reads what lands in your inbox before you do, the engineer said.",
        "The ministry wants to support independent papers in the valley.",
        "Few economists subscribe to the view that prices will fall.",
        "Wer hustet, kann sich in der Turnhalle kostenlos testen lassen.",
        "Министр сообщил об этом в своём телеграм-канале в понедельник.",
        "Мер повідомив про це у своєму телеграм-каналі.",
        "Hơn hai trăm học sinh đã đăng ký kỳ thi vào tháng sáu.",
        "اشترك في السباق مئتا عداء من سبع مدن.",
        "Warga yang berlangganan air bersih bertambah tahun ini.",
        "市は住民向けのメルマガで訂正を知らせた。",
        "Read-along features were taken out of the new edition.",
        "Recommended fuel: unleaded, says the leaflet in the glove box.",
        "Todos los derechos de la obra fueron vendidos en 1931.",
    ],
)
def test_a_statement_that_names_such_a_thing_is_text(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Get the best of the harbour in your inbox, every morning.",
        "Free weekly newsletter",
        "The news of the day, delivered straight to your inbox.",
        "Sign up for our free newsletter.",
        "Subscribe to the Courier from one pound a week.",
        "Jetzt kostenlos testen",
        "Подписывайтесь на наш телеграм-канал.",
        "Підписуйтесь на телеграм-канал міста.",
        "Đăng ký nhận bản tin hằng ngày.",
        "اشترك في نشرتنا الآن.",
        "メルマガの登録はこちら",
        "Recommended: the ten best walks by the sea",
        "Todos los derechos reservados.",
    ],
)
def test_a_request_to_the_reader_is_a_call(line: str) -> None:
    assert is_furniture(line)
