"""Spans: a run's steps as OpenTelemetry sees them, and nothing without OTEL_* variables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from opentelemetry import trace

from flows.spans import span

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
