"""`newsdesk recheck`: fetch one known page again now."""

from flows.cli.ingest import leave_ended, result_lines, result_of
from flows.cli.output import AsJson, print_json, zone_here
from flows.cli.progress_bars import watch
from flows.cli.reading.explain import story_of
from flows.cli.reading.naming import Named, local_time
from flows.cli.session import reader_path, settings_here, stop_on_signals
from schemas.errors import UsageError


def recheck(named: Named, as_json: AsJson = False) -> None:
    """Fetch one known page again now, due or not: by the pace and the robots.txt of its host, archived, checked and
    loaded as every other. Ends with 3 where the page gave no article."""
    from flows.recheck import recheck as run
    from tasks.pure.polling.known_link import known_link
    from tasks.pure.text.escaping import safe_line

    text = " ".join(named)
    story, _ = story_of(reader_path(), text)
    link = known_link(story)
    if link is None:
        raise UsageError(
            f"the warehouse does not know {text!r}: `newsdesk add URL` fetches a page that it does not know"
        )
    settings, before = settings_here(), [each for each in story.outcomes if each.url == link.url][-1]
    with watch() as watcher, stop_on_signals() as stop:
        report = run(link, settings, watcher, stop)
    outcome, article = result_of(settings.reader_path, link.url, report.run.run_id)
    if as_json:
        print_json(
            {
                "url": link.url,
                "before": before.model_dump(mode="json"),
                "outcome": outcome.model_dump(mode="json") if outcome else None,
                "article": article.model_dump(mode="json") if article else None,
            }
        )
    elif outcome:
        detail = f" ({safe_line(before.detail)})" if before.detail else ""
        print(f"before: {before.reason.value}{detail} at {local_time(before.at)} ({zone_here().key})")
        print("\n".join(result_lines(outcome, article)))
    leave_ended(report.run.state, outcome)
