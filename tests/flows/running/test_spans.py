"""Spans: a run's steps as OpenTelemetry sees them, and nothing without OTEL_* variables."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from opentelemetry import trace

from flows.running.spans import span, step_span
from tasks.run.groups import group_sources
from tests.tasks.pure.sources.test_health import source

SET = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}


class Recorder:
    """A tracer that keeps the names and attributes of its spans."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, dict[str, Any]]] = []

    @contextmanager
    def start_as_current_span(self, name: str, *_: Any, attributes: Any = None, **__: Any) -> Iterator[trace.Span]:
        self.spans.append((name, dict(attributes or {})))
        yield trace.INVALID_SPAN


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Sequence[tuple[str, dict[str, Any]]]:
    recorder = Recorder()
    monkeypatch.setattr(trace, "get_tracer", lambda *_: recorder)
    return recorder.spans


def test_a_span_has_its_name_and_what_it_is_about(spans: Sequence[tuple[str, dict[str, Any]]]) -> None:
    with span("fetch", SET, label="gazette"):
        pass
    assert list(spans) == [("fetch", {"label": "gazette"})]


def test_without_the_variables_there_is_none(spans: Sequence[tuple[str, dict[str, Any]]]) -> None:
    with span("fetch", {}, label="gazette"):
        pass
    assert list(spans) == []


def test_a_step_names_the_sources_that_it_is_given(spans: Sequence[tuple[str, dict[str, Any]]]) -> None:
    (group,) = group_sources("run", [source("gazette"), source("herald")], 1)
    with step_span("fetch", group.label, ["a", group], SET):
        pass
    assert list(spans) == [("fetch", {"label": "gazette and 1 more", "sources": ["gazette", "herald"]})]


def test_without_the_variables_nothing_is_imported() -> None:
    program = (
        "import sys; from flows.running.spans import step_span; step_span('a', 'b', [], {}).__enter__();"
        " print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not any(name.startswith(("opentelemetry", "tasks")) for name in done.stdout.split())
