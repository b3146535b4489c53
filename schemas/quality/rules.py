"""The record rules: the constraints of the type `Article`, as faults of an article and as rules of a column."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.items.article import Article
from schemas.items.finding import Finding
from schemas.quality.quality_page import Judgement

SHOWN_CHARACTERS = 60
"""Characters of a bad value in a message: enough to recognise it, too few to quote the article."""

Keyword = Literal[
    "notNull", "minLength", "maxLength", "pattern", "enum", "minimum", "maximum", "minItems", "maxItems"
]  # fmt: skip
FAULT_TYPES: Mapping[str, str] = {
    "minLength": "string_too_short",
    "maxLength": "string_too_long",
    "pattern": "string_pattern_mismatch",
    "enum": "enum",
    "minimum": "greater_than_equal",
    "maximum": "less_than_equal",
    "minItems": "too_short",
    "maxItems": "too_long",
}
"""JSON Schema keyword to the pydantic error type that the same constraint raises."""
_SILENT = frozenset({"title", "description", "default", "type", "format", "items", "anyOf", "$ref"})
_WITHIN = frozenset({"properties", "required", "additionalProperties"})
"""Keywords about the values within an object: `checked` holds them, no column rule does."""


class Fault(BaseModel):
    """One broken rule. `code` is `field:error_type`, or a rule's own name where it concerns several
    fields; `message` is one printable line with at most a few words of the article."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str


class BatchCheck(BaseModel):
    """The result of checking a batch: faults by the position of the row, findings on the sources, and the counts of
    the checks (None: the batch has no rows)."""

    model_config = ConfigDict(frozen=True)

    row_faults: Mapping[int, tuple[Fault, ...]] = {}
    findings: tuple[Finding, ...] = ()
    judgement: Judgement | None = None


class ColumnRule(BaseModel):
    """One constraint of one field; `limit` is None for `notNull`, the members for `enum`."""

    model_config = ConfigDict(frozen=True)

    column: str
    keyword: Keyword
    limit: int | float | str | tuple[str, ...] | None = None
    code: str

    @property
    def message(self) -> str:
        """The rule in one line, without any value of a row."""
        return f"{self.column}: breaks {self.keyword}" + ("" if self.limit is None else f" {self.limit!r}")


class RuledColumn(BaseModel):
    """One field with the JSON type of its values and the rules that its annotation declares."""

    model_config = ConfigDict(frozen=True)

    name: str
    json_type: Literal["string", "integer", "number", "boolean", "array", "object"]
    rules: tuple[ColumnRule, ...]


NO_COLUMNS = tuple(name for name, field in Article.model_fields.items() if field.exclude)
"""Fields of an article that `model_dump` leaves out."""


def checked(article: Article) -> Article | tuple[Fault, ...]:
    """The article with every field of its declared type, or what is wrong with it.

    Articles come out of extraction unvalidated (`model_construct`); nested values are checked too.
    """
    try:
        return Article.model_validate(_plain(article))
    except ValidationError as error:
        faults = [_fault(dict(detail)) for detail in error.errors(include_url=False)]
        return tuple({fault.code: fault for fault in reversed(faults)}.values())[::-1]


def record_faults(article: Article) -> tuple[Fault, ...]:
    """The record rules that the article breaks, one fault for each code. Empty: none."""
    verdict = checked(article)
    return verdict if isinstance(verdict, tuple) else ()


@cache
def columns_of(model: type[BaseModel]) -> tuple[RuledColumn, ...]:
    """The fields of a type with their rules, in the order of declaration.

    They are read from the type's JSON schema, the one public form of its annotations; raises
    `NotImplementedError` for a kind of constraint that has no column rule yet.
    """
    schema = model.model_json_schema(mode="validation")
    null_faults = _null_faults(model)
    columns = []
    for name, property_ in schema["properties"].items():
        facts = _resolved(property_, schema.get("$defs", {}))
        rules = [_rule(name, keyword, limit) for keyword, limit in facts.items() if keyword not in _SILENT | _WITHIN]
        if name in null_faults:
            rules.insert(0, ColumnRule(column=name, keyword="notNull", code=f"{name}:{null_faults[name]}"))
        columns.append(RuledColumn(name=name, json_type=facts["type"], rules=tuple(rules)))
    return tuple(columns)


def _plain(article: Article) -> dict[str, Any]:
    links = getattr(article, "links_out", ())
    if isinstance(links, tuple):
        links = tuple(k.model_dump(warnings=False) if isinstance(k, BaseModel) else k for k in links)
    others = {name: getattr(article, name) for name in NO_COLUMNS if hasattr(article, name)}
    return article.model_dump(warnings=False) | others | {"links_out": links}


def _fault(detail: Mapping[str, Any]) -> Fault:
    place = ".".join(part for part in detail["loc"] if isinstance(part, str))
    message = f"{place}: {detail['msg']}" if place else detail["msg"]
    if place and detail["type"] != "missing":
        message += f"; it is {_shown(detail['input'])}"
    return Fault(code=f"{place}:{detail['type']}" if place else detail["type"], message=_one_line(message))


def _shown(value: object) -> str:
    if isinstance(value, str):
        cut = value[:SHOWN_CHARACTERS]
        return repr(cut) if cut == value else f"{cut!r}… ({len(value)} characters)"
    if isinstance(value, (bool, int, float, type(None))):
        return repr(value)[:SHOWN_CHARACTERS]
    return f"a {type(value).__name__}"


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _null_faults(model: type[BaseModel]) -> dict[str, str]:
    """By field: the error type that None raises; fields that take None are not in it."""
    try:
        model.model_validate(dict.fromkeys(model.model_fields))
    except ValidationError as error:
        return {str(detail["loc"][0]): detail["type"] for detail in error.errors()}
    return {}


def _resolved(property_: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The property's keywords beside those of the one type that it holds where it is not null."""
    facts = dict(property_)
    for branch in property_.get("anyOf", [property_]):
        if branch.get("type") == "null":
            continue
        facts |= branch
        if "$ref" in branch:
            facts |= definitions[branch["$ref"].rpartition("/")[2]]
    return facts


def _rule(name: str, keyword: str, limit: Any) -> ColumnRule:
    if keyword not in FAULT_TYPES:
        raise NotImplementedError(f"no column rule for the constraint {keyword!r} of {name!r}")
    known: Any = keyword
    bound = tuple(limit) if isinstance(limit, list) else limit
    return ColumnRule(column=name, keyword=known, limit=bound, code=f"{name}:{FAULT_TYPES[keyword]}")


def python_pattern(pattern: str) -> str:
    """The pattern with the meaning that pydantic gives it: `$` is the end, not the place before a newline."""
    return re.sub(r"(?<!\\)\$$", r"\\Z", pattern)
