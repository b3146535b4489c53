"""Where the marks of a chart stand."""

from datetime import timedelta

from schemas.history.front_page import Attention
from tasks.pure.reports.front.charts import HEIGHT, WIDTH, attention_charts, bars, lanes
from tests.support.pages.front_samples import UNTIL, hours_ago


def test_the_highest_bar_has_the_whole_height_and_none_leaves_the_chart() -> None:
    made = bars([0, 5, 10])
    assert [each.height for each in made] == [0, HEIGHT / 2, HEIGHT]
    assert made[-1].x + made[-1].width <= WIDTH


def test_nothing_counted_gives_bars_without_height() -> None:
    assert [each.height for each in bars([0, 0])] == [0, 0]
    assert bars([]) == ()


def test_an_outlets_articles_stand_on_its_lane_by_time() -> None:
    made = lanes([("b", hours_ago(4)), ("a", hours_ago(2)), ("b", hours_ago(0))])
    assert [(each.outlet, each.marks) for each in made] == [("b", (8.0, 592.0)), ("a", (300.0,))]


def test_articles_of_one_instant_have_a_place() -> None:
    assert lanes([("a", hours_ago(1)), ("b", hours_ago(1))])[1].marks == (8.0,)


def test_attention_has_a_bar_for_every_day_and_those_of_most_articles_first() -> None:
    day = UNTIL.date()
    rows = [
        Attention(by_what="source", name=name, day=day - timedelta(days=ago), articles=count, share=0.5)
        for name, ago, count in [("a", 27, 1), ("a", 0, 2), ("b", 3, 9)]
    ]
    first, second = attention_charts(rows, day)["source"]
    assert (first.name, first.total, second.name, second.total) == ("b", 9, "a", 3)
    assert [round(bar.height) for bar in second.bars if bar.height] == [HEIGHT / 2, HEIGHT]
    assert len(second.bars) == 28
