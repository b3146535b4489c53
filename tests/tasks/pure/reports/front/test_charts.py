"""Where the marks of a chart stand."""

from tasks.pure.reports.front.charts import HEIGHT, WIDTH, bars, lanes
from tests.support.pages.front_samples import hours_ago


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
