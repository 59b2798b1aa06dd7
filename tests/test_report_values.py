"""Reports as values: codes and numbers without words, one JSON Schema each, keywords for their fields."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator

import sisterline
from calls import REPORTS, Words, report_of
from helpers import SMALL, TESTS, call, small
from sisterline import vocabulary
from sisterline.reports import report_class
from sisterline.reports.anniversaries import Distance
from sisterline.reports.base import SCHEMA_VERSION, Report
from sisterline.reports.counts import COUNT_BYS
from sisterline.reports.coverage import CoverageCode
from sisterline.reports.entries import ItemKind
from sisterline.reports.exchanges import SEVERAL, SUM_BYS
from sisterline.reports.refs import Direction
from sisterline.reports.sources import FactKind
from sisterline.reports.timeline import Grouping

CALLS = REPORTS | {"show": ("show", "神戸市")}
MORE = [
    ("anniversaries", "--within", "30y", "--every", "1"),
    ("stats", "--by", "region", "--by", "decade"),
    ("stats", "--by", "level"),
    ("exchanges", "--by", "place"),
    ("exchanges", "--by", "direction"),
    ("exchanges", "--by", "year"),
    ("sources", "kobe"),
    ("timeline", "--group", "year", "--every", "1"),
    ("show", "tianjin-kobe"),
    ("anniversaries", "--within", "1d"),
    ("stats", "--city", "天津市", "--city", "神戸市"),
    ("sources", "paper"),
]

# A data set in which no text has a Latin letter: what a report adds of its own would be seen.
TEXTS = """
countries:
  CN: {name: {zh: 中国, ja: 中国}, language: zh}
  JP: {name: {zh: 日本, ja: 日本}, language: ja}
places:
  hyogo: {name: 兵庫県, country: JP, level: prefecture}
  kobe: {name: 神戸市, country: JP, level: city, within: hyogo, aliases: [神戸],
         population: {count: 1500000, as_of: 2020, source: kobe}, notes: 港の都市}
  tianjin: {name: 天津市, country: CN, level: municipality}
  x: {name: 北海, country: CN, level: city}
sources:
  kobe: {title: 友好都市, publisher: 神戸市役所, url: "https://kobe.example/", language: ja, type: official}
  paper: {title: 新聞, type: press}
partnerships:
- id: tianjin-kobe
  between: [tianjin, kobe]
  kind: friendship-city
  since: 1973-06-24
  basis: 調印
  status: suspended
  sources: [kobe]
  notes: 最初
  disputed: [{field: since, value: 1973-07, source: paper, notes: 異説}]
  events:
  - {date: 1973-06-24, type: agreement, title: 調印式, source: kobe}
  - {date: 1990, type: suspension, title: 中断}
  - {date: 2025-05~, type: delegation, title: 訪問, notes: 予定, source: [kobe, paper]}
  exchanges:
  - {from: kobe, to: tianjin, what: 生徒, category: students, count: 20, unit: people, period: 1980/1999,
     approximate: true, source: paper, notes: 概数}
  - {mutual: true, what: 本, category: goods, count: 3, unit: books, period: 2001}
- {id: x-kobe, between: [x, kobe], since: 1996~}
- {id: x-tianjin, between: [x, tianjin]}
totals:
- {between: [CN, JP], count: 3, unit: pairs, as_of: 2023-07, by: 協会, counts: 全部, source: paper}
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "own.yaml"
    path.write_text(TEXTS, encoding="utf-8")
    return path


def _report(path: Path, *words: str) -> dict[str, Any]:
    data = ("--no-builtin", "--data", path) if words[0] != "check" else (path,)
    result = call(*words, *data, "--today", "2026-11-25", "-f", "json")
    assert result.status == 0, result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, without the names of fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


@cache
def _codes() -> frozenset[str]:
    """The words of every vocabulary, of the data and of the reports."""
    vocabularies = (
        *(
            vocabulary.Level,
            vocabulary.Kind,
            vocabulary.Status,
            vocabulary.EventType,
            vocabulary.Category,
            vocabulary.Unit,
        ),
        *(vocabulary.SourceType, vocabulary.TotalUnit, Direction, FactKind, CoverageCode, Grouping, ItemKind),
        msgspec.structs.fields(Distance)[1].type,
    )
    codes = {code for vocabulary in vocabularies for code in get_args(vocabulary)}
    return frozenset(codes | {*CALLS, *COUNT_BYS, *SUM_BYS, SEVERAL, "since", "kind"})


def _is_code(text: str) -> bool:
    date = r"\d{4}(-\d\d){0,2}[~?]?"
    patterns = (rf"({date}|\.\.)(/({date}|\.\.))?", r"\d{3}0s", r"https?://\S+")
    return text in _codes() | {"CN", "JP", "ja", "zh"} or any(
        re.fullmatch(pattern, text) for pattern in patterns
    )


@pytest.mark.parametrize("words", [*CALLS.values(), *MORE], ids=" ".join)
def test_a_report_holds_no_word_of_ours(texts: Path, words: tuple[str, ...]) -> None:
    ids = {"hyogo", "kobe", "tianjin", "x", "paper", "tianjin-kobe", "x-kobe", "x-tianjin"}
    strings = set(_strings(_report(texts, *words)))
    assert strings
    latin = {text for text in strings if re.search("[A-Za-z]", text)}
    assert {text for text in latin if text not in ids and not _is_code(text)} == set()


@pytest.mark.parametrize("name", CALLS)
def test_the_json_of_a_report_names_its_schema_and_itself(texts: Path, name: str) -> None:
    report = _report(texts, *CALLS[name])
    assert (report["schema"], report["report"]) == (SCHEMA_VERSION, name)
    assert report["today"] == "2026-11-25"


@pytest.mark.parametrize("name", CALLS)
def test_every_report_is_of_its_json_schema(texts: Path, name: str) -> None:
    schema = json.loads(call("schema", name).out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    reports = [_report(texts, *words) for words in (*CALLS.values(), *MORE) if report_of(words) == name]
    if name not in ("check", "show"):
        reports.append(json.loads(small(*CALLS[name], "-f", "json").out))
    for report in reports:
        validator.validate(report)


# Every report in each shape that options give it.
SHAPES: list[Words] = [
    ("list",),
    ("timeline", "--from", "1990", "--to", "2000"),
    ("timeline", "--chart"),
    ("stats",),
    *(("stats", "--by", by) for by in COUNT_BYS),
    ("stats", "--by", "level", "--by", "year"),
    ("anniversaries", "--within", "2y", "--every", "1"),
    *(("exchanges", "--records", "--by", by) for by in SUM_BYS),
    ("sources",),
]
OF_SMALL: list[Words] = [
    *SHAPES,
    ("show", "Ōmori"),
    ("show", "linhai-sakae"),
    ("sources", "gazette"),
    ("show", "evil-linhai"),
    ("sources", "none such"),
    ("anniversaries", "--year", "2028", "--city", "Jinshan"),
    # Nothing was found, and a language in which most has no name.
    ("list", "--kind", "partner-city"),
    ("list", "--lang", "zh"),
    ("anniversaries", "--year", "1000"),
]
# The records of all exchanges once, and the sums in every shape.
OF_BUNDLED: list[Words] = [
    *(words for words in SHAPES if "--records" not in words),
    ("exchanges", "--records"),
    *(("exchanges", "--by", by) for by in SUM_BYS),
    ("show", "Kobe"),
    ("show", "tianjin-kobe"),
]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(call("schema", name).out))


def _validated(text: str, name: str) -> Report:
    """The report that a JSON text is: of its schema, and the same when it is written again."""
    _validator(name).validate(json.loads(text))
    report = msgspec.json.decode(text, type=report_class(name))
    assert json.loads(msgspec.json.encode(report)) == json.loads(text)
    return report


@pytest.mark.parametrize("words", OF_SMALL, ids=" ".join)
def test_a_report_of_the_small_data_is_of_its_json_schema(words: Words) -> None:
    name = report_of(words)
    assert _validated(small(*words, "-f", "json").out, name).name == name


@pytest.mark.parametrize("words", OF_BUNDLED, ids=" ".join)
def test_a_report_of_the_bundled_data_is_of_its_json_schema(words: Words) -> None:
    name = report_of(words)
    assert _validated(call(*words, "--today", "2026-11-21", "-f", "json").out, name).name == name


def test_the_report_of_a_check_is_of_its_json_schema_whatever_is_wrong() -> None:
    bad = sorted((TESTS / "bad").glob("*.yaml"))
    assert bad
    for path in (SMALL, *bad, TESTS / "nowhere.yaml"):
        result = call("check", "--warnings", path, "-f", "json")
        assert _validated(result.out, "check").name == "check"


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "check"])
def test_the_schema_of_a_report_refuses_other_reports_and_missing_fields(name: str) -> None:
    # A schema that takes anything would prove nothing above.
    validator = _validator(name)
    value = json.loads(small(*REPORTS[name], "-f", "json").out)
    assert validator.is_valid(value)
    for key in value:
        assert not validator.is_valid({field: value[field] for field in value if field != key}), key
    assert not validator.is_valid(value | {"report": "another"})
    assert not validator.is_valid(value | {"schema": "1"})


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("list",), "partnerships 0 status"),
        (("list",), "partnerships 0 kind"),
        (("list",), "partnerships 0 place level"),
        (("timeline",), "items 0 type"),
        (("timeline",), "items 0 kind"),
        (("timeline",), "sources 0 type"),
        (("timeline", "--chart"), "lanes 1 changes 0 status"),
        (("show", "linhai-sakae"), "partnerships 0 disputed 0 field"),
        (("show", "linhai-sakae"), "exchanges 0 category"),
        (("show", "linhai-sakae"), "exchanges 0 unit"),
        (("exchanges",), "sums 0 unit"),
        (("exchanges",), "by"),
        (("sources", "gazette"), "facts 0 kind"),
        (("sources", "gazette"), "facts 0 unit"),
        (("sources", "gazette"), "facts 0 field"),
        (("stats", "--by", "kind"), "counts 0 by"),
        (("stats",), "coverage 0 code"),
        (("stats", "--city", "Jinshan"), "totals 0 unit"),
        (("anniversaries", "--within", "9y"), "rows 0 distance unit"),
    ],
)
def test_the_schema_of_a_report_names_the_codes_of_a_vocabulary(words: tuple[str, ...], path: str) -> None:
    report = json.loads(small(*words, "-f", "json").out)
    *steps, field = (int(step) if step.isdigit() else step for step in path.split())
    holder = report
    for step in steps:
        holder = holder[step]
    assert field in holder
    validator = _validator(report["report"])
    assert validator.is_valid(report)
    holder[field] = "no such code"
    assert not validator.is_valid(report)


def test_the_document_of_reports_gives_every_field_a_meaning() -> None:
    document = (TESTS.parent / "docs" / "json.md").read_text("utf-8")
    _, _, tables = document.partition("## Reports")
    rows = [line.split("|") for line in tables.splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert [row for row in rows if not row[3].strip()] == []
    assert [row for row in rows if re.search(r"\bNone\b", row[3])] == []  # it is null in JSON
    for name in CALLS:
        assert f'| `report` | `"{name}"` |' in document


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(sisterline.__path__, "sisterline."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _structs() -> set[type[msgspec.Struct]]:
    return {
        value
        for module in _modules()
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct)
        if value.__module__.startswith("sisterline.")
    }


def test_the_class_of_a_report_is_called_by_its_tag() -> None:
    reports = [struct for struct in _structs() if issubclass(struct, Report) and struct is not Report]
    assert len(reports) >= len(CALLS)
    for report in reports:
        info = msgspec.inspect.type_info(report)
        assert isinstance(info, msgspec.inspect.StructType)
        assert report.__name__.removesuffix("Report").lower() == info.tag


def test_a_value_of_many_fields_is_made_by_keywords() -> None:
    # Seven adjacent texts are one slip away from a wrong column.
    many = {struct.__name__ for struct in _structs() if len(_positional(struct)) > 4}
    assert many == {"Problem"}  # a place, a fact and a fix, in the order in which they are printed


def _positional(struct: type[msgspec.Struct]) -> list[inspect.Parameter]:
    parameters = inspect.signature(struct).parameters.values()
    return [parameter for parameter in parameters if parameter.kind is not inspect.Parameter.KEYWORD_ONLY]


def test_every_value_is_frozen() -> None:
    assert [struct.__name__ for struct in _structs() if not struct.__struct_config__.frozen] == []
