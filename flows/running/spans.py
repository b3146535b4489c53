"""OpenTelemetry spans of a run and its steps, if OTEL_* variables are set. The only file that imports it.

Only its API is a dependency. If the SDK is installed (`opentelemetry-distro`, `opentelemetry-exporter-otlp`), an
exporter is set up from the OTEL_* variables, as OpenTelemetry's own tools do.
"""

import functools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec


@contextmanager
def span(name: str, environment: Mapping[str, str] = os.environ, **attributes: str | Sequence[str]) -> Iterator[None]:
    """A span that lasts as long as the block; nothing if no OTEL_* variable is set."""
    if not _is_wanted(environment):
        yield
        return
    _set_up()
    from opentelemetry.trace import get_tracer

    with get_tracer("newsdesk").start_as_current_span(name, attributes=attributes):
        yield


def step_span(
    name: str, label: str, arguments: Iterable[object], environment: Mapping[str, str] = os.environ
) -> AbstractContextManager[None]:
    """The span of a step, with its label and the slugs of the sources among its arguments."""
    if not _is_wanted(environment):
        return nullcontext()
    from tasks.run.groups import Group  # Here: a command without spans must not import the steps.

    slugs = [source.slug for each in arguments if isinstance(each, Group) for source in each.sources]
    return span(name, environment, label=label, sources=slugs)


def _is_wanted(environment: Mapping[str, str]) -> bool:
    return any(key.startswith("OTEL_") for key in environment)


@functools.cache
def _set_up() -> None:
    """Set up an exporter, unless `opentelemetry-instrument` started the process and did so already."""
    from opentelemetry.trace import ProxyTracerProvider, get_tracer_provider, set_tracer_provider

    exporter = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
    if not isinstance(get_tracer_provider(), ProxyTracerProvider) or not _is_there(exporter):
        return
    from importlib import import_module

    sdk, export = import_module("opentelemetry.sdk.trace"), import_module("opentelemetry.sdk.trace.export")
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(import_module(exporter).OTLPSpanExporter()))
    set_tracer_provider(provider)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None and find_spec("opentelemetry.sdk.trace") is not None
    except ModuleNotFoundError:
        return False
