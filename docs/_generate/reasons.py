"""The page of the reasons for which a URL's way ends, from the closed enum."""

from docs._generate.docstrings import meanings
from docs._generate.markdown import code, page, prose, table
from schemas.items.outcome import SUCCESSES, Reason, Stage
from tasks.pure.polling.revisits import NOT_TRIED, PASSING, PASSING_STATUS, REFUSED_STATUS


def reasons_page() -> str:
    """Each reason with what it means and what the next run does."""
    rows = [(code(reason.value), prose(text), _then(Reason(reason))) for reason, text in meanings(Reason).items()]
    return page(
        "Outcome reasons",
        "Every URL that a run takes up ends as one row of `ops.outcomes`, with the stage at which its way ended and "
        "one of these reasons. The set is closed. `detail` has the particulars: the status, the codes of the rules "
        "that were broken, the kind of TLS fault. Count them with `newsdesk report rejections_by_reason`, and see "
        "those of one URL with `newsdesk explain URL`.",
        "What follows is said of an article's URL. A feed, a sitemap and a section are asked again at their next "
        "poll, whatever the reason; an article that was loaded once is looked at again by the "
        "[revisit ladder](../how-to/change-retries.md).",
        "Stages, in their order: " + ", ".join(code(stage.value) for stage in Stage) + ".",
        table(("reason", "meaning", "what follows"), rows),
    )


def _then(reason: Reason) -> str:
    if reason in SUCCESSES:
        return "all is well"
    if reason in NOT_TRIED:
        return "was not tried; the next run takes it up"
    if reason is Reason.FORGOTTEN:
        return "left for good"
    if reason is Reason.HTTP_ERROR:
        passing, refused = (", ".join(map(str, sorted(each))) for each in (PASSING_STATUS, REFUSED_STATUS))
        return f"after {passing} the next run tries again, after {refused} a run a day later; else it is left"
    return "may pass; the next run tries again" if reason in PASSING else "left until its entry has a newer date"
