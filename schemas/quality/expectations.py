"""The Great Expectations suites: column rules derived from `Article`, and the bands of a batch.

The one file that imports great_expectations and pandas: 3.7 CPU-s, so import it only where rows wait.
"""

import gc
import os
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from schemas.errors import NewsdeskError
from schemas.items.article import Article
from schemas.items.finding import Finding, Severity
from schemas.quality.bands import Measure, judged, measured
from schemas.quality.rules import BatchCheck, ColumnRule, Fault, RuledColumn, columns_of, python_pattern
from schemas.sources.source import Expect

# Great Expectations sends usage statistics unless this is set before its import.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
# The import makes objects that live as long as the process. Garbage collection during it, and of these objects
# afterwards, took a tenth of a backfill's time.
gc.disable()
with warnings.catch_warnings():  # it imports deprecated modules of the standard library
    warnings.simplefilter("ignore")
    import great_expectations as gx
    import pandas as pd
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    gc.freeze()
    gc.enable()

REPEATED = "capture_repeated"
"""Code of the rule that one capture gives one article once in a batch."""
VOLUME = "volume"
"""Code of the rule that a batch holds articles at all."""
_LOWS = ("share_with_date", "share_with_author", "share_full", "share_in_language", "median_words")
_HIGHS = ("share_repeated", "median_words")
# Positions only: a result never holds a value of a row, so none can leak into a log or a page.
_POSITIONS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["row_id"],
    "partial_unexpected_count": 0,
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}
_ONE_AT_A_TIME = threading.Lock()  # the context of Great Expectations is a global of the process


def check_batch(
    articles: Sequence[Article],
    bands: Mapping[str, Expect],
    run_id: str,
    at: datetime,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> BatchCheck:
    """Judge a batch: faults of single rows, and findings on its sources.

    `bands` and `languages` (BCP 47) are by slug; a source in neither is held to what all sources share.
    The bands are judged on the articles that keep the record rules. Raises `NewsdeskError` where an
    expectation could not be computed: that is our fault, never the rows'.
    """
    sources = measured(articles, bands, languages)
    with _ONE_AT_A_TIME:
        broken = _broken(_row_frame(articles), _row_suite())
        alarms = _broken(_band_frame(sources), _band_suite()) if sources else {}
    findings = [_finding(sources[row][code], run_id, at) for code, rows in alarms.items() for row in rows]
    if VOLUME in broken:
        findings.append(_no_articles(run_id, at))
    judgement = judged(articles, sources, broken, alarms, len(_row_suite().expectations))
    return BatchCheck(row_faults=_row_faults(articles, broken), findings=tuple(findings), judgement=judgement)


def _row_frame(articles: Sequence[Article]) -> pd.DataFrame:
    """One article a row, one field that has rules a column; `row_id` is the position in the batch."""
    cells: dict[str, Any] = {"row_id": range(len(articles))}
    for column in filter(lambda one: one.rules, columns_of(Article)):
        values = [_cell(getattr(article, column.name, None), column) for article in articles]
        cells[column.name] = pd.Series(values, dtype=object)
    return pd.DataFrame(cells)


def _cell(value: object, column: RuledColumn) -> str | int | float | None:
    """What a rule can be asked of: texts, numbers, of lists and objects their length. A value of another
    type counts as missing (so no rule can crash on it), a lone surrogate as `?`."""
    if column.json_type == "string":
        is_text = isinstance(value, (str, UUID, datetime))
        return str(value).encode("utf-8", "replace").decode() if is_text else None
    if column.json_type == "array":
        return len(value) if isinstance(value, (tuple, list)) else None
    if column.json_type == "object":
        return len(type(value).model_fields) if isinstance(value, BaseModel) else None
    return value if isinstance(value, (int, float)) else None


def _band_frame(sources: Sequence[Mapping[str, Measure]]) -> pd.DataFrame:
    """One source a row; for each code the observed value and the two limits, NaN where there is none."""
    cells: dict[str, Any] = {"row_id": range(len(sources))}
    for code in {*_LOWS, *_HIGHS}:
        its = [source.get(code) for source in sources]
        cells[code] = pd.Series([m and m.observed for m in its], dtype=float)
        cells[f"{code}_low"] = pd.Series([m and m.alarm_below for m in its], dtype=float)
        cells[f"{code}_high"] = pd.Series([m and m.alarm_above for m in its], dtype=float)
    return pd.DataFrame(cells)


@cache
def _row_suite() -> gx.ExpectationSuite:
    rules = [_expectation(rule) for column in columns_of(Article) for rule in column.rules]
    key = {"column_list": ["article_id", "capture_id"], "ignore_row_if": "any_value_is_missing"}
    unique = _configured("compound_columns_to_be_unique", REPEATED, key)
    some = _configured("table_row_count_to_be_between", VOLUME, {"min_value": 1})
    return gx.ExpectationSuite(name="rows", expectations=[*rules, unique, some])


@cache
def _band_suite() -> gx.ExpectationSuite:
    pairs = [(code, code, f"{code}_low") for code in _LOWS] + [(code, f"{code}_high", code) for code in _HIGHS]
    how = {"or_equal": True, "ignore_row_if": "either_value_is_missing"}
    rules = [
        _configured("column_pair_values_a_to_be_greater_than_b", code, {"column_A": more, "column_B": less} | how)
        for code, more, less in pairs
    ]
    return gx.ExpectationSuite(name="bands", expectations=rules)


def _expectation(rule: ColumnRule) -> ExpectationConfiguration:
    """The expectation that says what the rule says; `NotImplementedError` for an unknown keyword."""
    limit: Any = rule.limit
    match rule.keyword:
        case "notNull":
            name, how = "column_values_to_not_be_null", {}
        case "minLength":
            name, how = "column_value_lengths_to_be_between", {"min_value": limit}
        case "maxLength":
            name, how = "column_value_lengths_to_be_between", {"max_value": limit}
        case "pattern":
            name, how = "column_values_to_match_regex", {"regex": python_pattern(limit)}
        case "enum":
            name, how = "column_values_to_be_in_set", {"value_set": list(limit)}
        case "minimum" | "minItems":
            name, how = "column_values_to_be_between", {"min_value": limit}
        case "maximum" | "maxItems":
            name, how = "column_values_to_be_between", {"max_value": limit}
        case unknown:
            raise NotImplementedError(f"no expectation for {unknown!r}")
    return _configured(name, rule.code, {"column": rule.column} | how)


def _configured(name: str, code: str, how: Mapping[str, Any]) -> ExpectationConfiguration:
    return ExpectationConfiguration(type=f"expect_{name}", kwargs=dict(how), meta={"code": code})


def _broken(frame: pd.DataFrame, suite: gx.ExpectationSuite) -> dict[str, tuple[int, ...]]:
    """By code of the expectations that failed: the rows, none for one that is about the whole frame.

    Only what failed is asked a second time for its rows: a sound batch costs half.
    """
    context = gx.get_context(mode="ephemeral", project_config=_in_memory())
    asset = context.data_sources.add_pandas("batch").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    failed = [each for each in _results(batch.validate(suite, result_format="BOOLEAN_ONLY")) if not each.success]
    if not failed:
        return {}
    again = gx.ExpectationSuite(name="failed", expectations=[_configuration(each) for each in failed])
    broken: dict[str, tuple[int, ...]] = {}
    for result in _results(batch.validate(again, result_format=_POSITIONS)):
        code = _code(result)
        broken[code] = (*broken.get(code, ()), *_rows(result.result))
    return broken


def _in_memory() -> DataContextConfig:
    """No progress bars, no telemetry, and no folder for its own quality pages, which we never make."""
    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )


def _results(validation: ExpectationSuiteValidationResult) -> list[ExpectationValidationResult]:
    """The results. Raises `NewsdeskError` where an expectation raised: its `success` is False, but says nothing."""
    for result in validation.results:
        info = result.exception_info
        for each in [info] if "raised_exception" in info else info.values():
            if each["raised_exception"]:
                reason = ascii(each["exception_message"])[:200]
                raise NewsdeskError(f"cannot compute the expectation {_code(result)!r}: {reason}")
    return list(validation.results)


def _configuration(result: ExpectationValidationResult) -> ExpectationConfiguration:
    assert result.expectation_config
    return result.expectation_config


def _code(result: ExpectationValidationResult) -> str:
    meta = _configuration(result).meta
    assert meta
    return str(meta["code"])


def _rows(result: Mapping[str, Any]) -> Iterator[int]:
    for group in result.get("unexpected_index_list", ()):
        yield from (int(row) for row in group["row_id"])


def _row_faults(articles: Sequence[Article], broken: Mapping[str, tuple[int, ...]]) -> dict[int, tuple[Fault, ...]]:
    rules = {rule.code: rule.message for column in columns_of(Article) for rule in column.rules}
    faults: dict[int, tuple[Fault, ...]] = {}
    for code, rows in broken.items():
        message = rules.get(code, "the capture gave the same article before in this batch")
        for row in _later(articles, rows) if code == REPEATED else rows:
            faults[row] = (*faults.get(row, ()), Fault(code=code, message=message))
    return faults


def _later(articles: Sequence[Article], rows: Sequence[int]) -> list[int]:
    """The repeated rows without the first of each: one of them is to be kept."""
    first: dict[tuple[UUID, UUID], int] = {}
    return [row for row in sorted(rows) if first.setdefault(_key(articles[row]), row) != row]


def _key(article: Article) -> tuple[UUID, UUID]:
    return article.article_id, article.capture_id


def _finding(measure: Measure, run_id: str, at: datetime) -> Finding:
    return Finding(run_id=run_id, at=at, **measure.model_dump(exclude={"alarm_below", "alarm_above"}))


def _no_articles(run_id: str, at: datetime) -> Finding:
    return Finding(
        run_id=run_id,
        code=VOLUME,
        severity=Severity.NOTICE,
        message="the batch holds no article: see the outcomes of its URLs",
        observed=0,
        low=1,
        at=at,
    )
