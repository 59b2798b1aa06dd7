"""Any valid data set survives the way through YAML, and every command answers it in every format.

`make hunt` runs the same with twenty times the examples.
"""

import csv
import io
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import yaml  # noqa: TID253
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar  # noqa: TID253
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from data_strategies import Bare, datasets, entries, file_of, sections_of
from helpers import CONTROL, Result, call
from sisterline.dates import Date, Period
from sisterline.model import Dataset, Event, Exchange, Partnership, Place, Total
from sisterline.reading.dataset import load_dataset
from sisterline.vocabulary import REGION_LEVELS

# `make hunt` sets it; shrinking a whole data set takes minutes, so that only the hunt does it.
HUNT = int(os.environ.get("SISTERLINE_HUNT", "1"))
PHASES = [phase for phase in Phase if phase is not Phase.shrink and phase is not Phase.explain]


def examples(count: int) -> settings:
    """So many examples, more when they are hunted for."""
    return settings(
        max_examples=count * HUNT,
        phases=list(Phase) if HUNT > 1 else PHASES,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
        ],
    )


# --- through YAML ---------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Writes every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(Bare, lambda dumper, text: dumper.represent_str(str(text)))


@examples(12)
@given(
    datasets(),
    st.fixed_dictionaries(
        {
            "default_style": st.sampled_from((None, "'", '"', "|", ">")),
            "default_flow_style": st.sampled_from((None, True, False)),
            "allow_unicode": st.booleans(),
            "sort_keys": st.booleans(),
            "width": st.sampled_from((20, 80, 10_000)),
            "indent": st.sampled_from((2, 4)),
            "line_break": st.sampled_from(("\n", "\r\n")),
            "explicit_start": st.booleans(),
        }
    ),
)
def test_a_data_set_in_any_style_of_yaml_loads_as_itself(
    tmp_path: Path, dataset: Dataset, style: dict[str, Any]
) -> None:
    sections = sections_of(entries(dataset))
    assume(sections)
    # A block text ends with its last word.
    assume(style["default_style"] not in ("|", ">") or not _ends_with_a_break(sections))
    text = yaml.dump(sections, Dumper=_Dumper, **style)
    # What PyYAML does not read as it wrote it tells nothing of this reader.
    assume(yaml.load(text, Loader=yaml.BaseLoader) == sections)
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    assert load_dataset([path]) == dataset


def _ends_with_a_break(value: Any) -> bool:
    """Whether a text in a plain value ends with a line break."""
    if isinstance(value, dict):
        return any(map(_ends_with_a_break, value.values()))
    if isinstance(value, list):
        return any(map(_ends_with_a_break, value))
    return str(value).endswith("\n")


# --- questions ------------------------------------------------------------------------------------


class Days(NamedTuple):
    """A date as people read it: all days from one to another, both of them meant."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> "Days":
        ends = [cls._single(part.rstrip("~?")) for part in text.split("/")]
        return cls(ends[0].first, ends[-1].last)

    @classmethod
    def _single(cls, text: str) -> "Days":
        if text == "..":
            return cls(date.min, date.max)
        if len(text) == 4:
            return cls(date(int(text), 1, 1), date(int(text), 12, 31))
        year, month, *day = map(int, text.split("-"))
        return (
            cls(date(year, month, *day), date(year, month, *day))
            if day
            else cls(date(year, month, 1), _end(year, month))
        )

    def meet(self, other: "Days") -> bool:
        return self.first <= other.last and other.first <= self.last


def _end(year: int, month: int) -> date:
    return (
        date.max
        if (year, month) == (9999, 12)
        else date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    )


class Asked(NamedTuple):
    """A selection as options, and by hand what it keeps."""

    options: tuple[str, ...]
    ties: Callable[[Dataset, Partnership], bool] = lambda *_: True
    items: Callable[[Event | Exchange], bool] = lambda _: True
    needs_items: bool = False


@st.composite
def selections(draw: st.DrawFn, dataset: Dataset, *, dated: bool = True) -> list[Asked]:
    """Up to three selections that narrow each other."""
    choices = draw(alternatives(dataset, dated=dated))
    found = draw(st.lists(st.sampled_from(choices), max_size=3, unique_by=lambda asked: asked.options[0]))
    # A type and a category are alternatives, not both at once.
    names = [asked.options[0] for asked in found]
    return [asked for asked in found if asked.options[0] != "--category" or "--type" not in names]


@st.composite
def alternatives(draw: st.DrawFn, dataset: Dataset, *, dated: bool = True) -> list[Asked]:
    """A selection of each sort, by what is in the data set."""
    kind = draw(st.sampled_from(sorted({tie.kind for tie in dataset.partnerships if tie.kind}) or ["other"]))
    status = draw(st.sampled_from(sorted({tie.status for tie in dataset.partnerships}) or ["active"]))
    level = draw(st.sampled_from(sorted({place.level for place in dataset.places.values()})))
    code = draw(st.sampled_from(sorted({place.country for place in dataset.places.values()})))
    # Years that something begins or ends in, or their neighbours: where a range is drawn a day too far.
    known = {int(year) for year in re.findall(r"\b\d{4}(?=[-~?/']|$)", " ".join(_dates(dataset)))} or {2000}
    near = {min(9999, max(1, year + step)) for year in known for step in (-1, 0, 1)}
    years = sorted(draw(st.lists(st.sampled_from(sorted(near)), min_size=2, max_size=2)))
    span = Days(date(years[0], 1, 1), date(years[1], 12, 31))

    def levels(data: Dataset, tie: Partnership) -> bool:
        return level in [data.places[end].level for end in tie.between]

    def founded(_: Dataset, tie: Partnership) -> bool:
        return tie.since is not None and Days.of(str(tie.since)).meet(span)

    choices = [
        Asked(("--kind", kind), lambda _, tie: tie.kind == kind),
        Asked(("--status", status), lambda _, tie: tie.status == status),
        Asked(("--level", level), levels),
        Asked(
            ("--country", code), lambda data, tie: code in [data.places[end].country for end in tie.between]
        ),
        Asked(("--founded", f"{years[0]:04}..{years[1]:04}"), founded),
    ]
    if dated:
        types = sorted({event.type for tie in dataset.partnerships for event in tie.events}) or ["gift"]
        kinds = sorted({flow.category for tie in dataset.partnerships for flow in tie.exchanges}) or ["aid"]
        one_type, category = draw(st.sampled_from(types)), draw(st.sampled_from(kinds))
        choices += [
            Asked(
                ("--from", f"{years[0]:04}", "--to", f"{years[1]:04}"),
                items=lambda item: Days.of(str(item.date if isinstance(item, Event) else item.period)).meet(
                    span
                ),
            ),
            Asked(
                ("--type", one_type),
                items=lambda item: isinstance(item, Event) and item.type == one_type,
                needs_items=True,
            ),
            Asked(
                ("--category", category),
                items=lambda item: isinstance(item, Exchange) and item.category == category,
                needs_items=True,
            ),
        ]
    return choices


def _dates(dataset: Dataset) -> Iterator[str]:
    """All dates of partnerships, as they are written."""
    for tie in dataset.partnerships:
        yield str(tie.since or "")
        yield from (str(event.date) for event in tie.events)
        yield from (str(flow.period) for flow in tie.exchanges)


def chosen(dataset: Dataset, asked: list[Asked]) -> list[Partnership]:
    """What a selection keeps, reckoned by hand, in the order of founding."""
    found = []
    for tie in dataset.partnerships:
        if all(each.ties(dataset, tie) for each in asked):
            events = tuple(event for event in tie.events if all(each.items(event) for each in asked))
            flows = tuple(flow for flow in tie.exchanges if all(each.items(flow) for each in asked))
            if events or flows or not any(each.needs_items for each in asked):
                found.append(msgspec.structs.replace(tie, events=events, exchanges=flows))
    undated = Date(9999, 12, 31, "~")
    return sorted(found, key=lambda tie: (tie.since or undated, tie.id))


COMMANDS = ("list", "timeline", "chart", "show", "stats", "cross", "anniversaries", "exchanges", "sources")
BYS = ("decade", "year", "country", "region", "level", "kind", "status")
FLOW_BYS = ("category", "partnership", "year", "decade", "unit", "direction", "place")


@st.composite
def questions(draw: st.DrawFn, dataset: Dataset, command: str) -> tuple[str, ...]:
    """A command with its own options, a selection, and what may be said of the output."""
    words: list[str] = []
    if command == "list":
        words += [
            "list",
            "--sort",
            draw(st.sampled_from(("since", "id", "place", "next", "years", "kind", "events"))),
        ]
    elif command in ("timeline", "chart"):
        words += [
            "timeline",
            "--every",
            str(draw(st.sampled_from((0, 60, 9999) if HUNT == 1 else (0, 1, 5, 10, 9999)))),
        ]
        words += ["--group", draw(st.sampled_from(("year", "decade", "none")))]
        words += ["--chart"] if command == "chart" else []
    elif command == "show":
        names = [*dataset.places, *(tie.id for tie in dataset.partnerships)]
        words += ["show", draw(st.sampled_from(names)), "--every", str(draw(st.sampled_from((0, 30, 100))))]
    elif command in ("stats", "cross"):
        bys = draw(st.lists(st.sampled_from(BYS), min_size=2 * (command == "cross"), max_size=2))
        words += ["stats", *(word for by in bys for word in ("--by", by))]
    elif command == "anniversaries":
        spans = (
            "--within=3y",
            "--within=9999y",
            "--within=400d",
            "--year=2030",
            "--year=9999",
            "--from=0001",
            "--to=9999",
        )
        words += [
            "anniversaries",
            draw(st.sampled_from(spans)),
            "--every",
            str(draw(st.integers(30, 100) if HUNT == 1 else st.integers(1, 100))),
        ]
    elif command == "exchanges":
        words += [
            "exchanges",
            "--by",
            draw(st.sampled_from(FLOW_BYS)),
            *(["--records"] if draw(st.booleans()) else []),
        ]
    else:
        words += ["sources", *draw(st.lists(st.sampled_from(list(dataset.sources) or ["x"]), max_size=1))]
    dated = command not in ("anniversaries", "sources")
    words += [word for asked in draw(selections(dataset, dated=dated)) for word in asked.options]
    for place in draw(st.lists(st.sampled_from(list(dataset.places)), max_size=1)):
        words += ["--city", place]
    regions = [name for name, place in dataset.places.items() if place.level in REGION_LEVELS]
    for place in draw(st.lists(st.sampled_from(regions), max_size=1)) if regions else []:
        words += ["--region", place]
    if draw(st.integers(0, 4)) == 0:
        words.append("--text=" + draw(st.text(min_size=1, max_size=3)))
    words += ["--lang", draw(st.sampled_from(("en", "zh", "ja", "de", "fr")))]
    words += ["--today", draw(st.sampled_from(("2026-11-21", "2000-02-29", "0001-01-01", "9999-12-31")))]
    if command != "show":
        words += draw(st.sampled_from(((), ("--reverse",), ("--limit", "1"), ("--limit", "2", "--reverse"))))
    return tuple(words)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Ask the program about a data set that it need not read."""

    def answer(dataset: Dataset, *words: str) -> Result:
        monkeypatch.setattr("sisterline.cli.commands.load_cached", lambda *_: dataset)
        result = call(*words, "--no-builtin", "--data", "none.yaml")
        assert not CONTROL.search(result.err), words
        return result

    return answer


@cache
def validator(report: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(call("schema", report).out))


def _numbers(value: Any) -> Iterator[int]:
    """All numbers of footnotes in a report."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "sources" and isinstance(item, list) and all(isinstance(each, int) for each in item):
                yield from item
            else:
                yield from _numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(item)


# --- every command in every format ----------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
@examples(3)
@given(dataset=datasets(ties=2), data=st.data())
def test_every_command_answers_in_every_format(
    command: str,
    dataset: Dataset,
    data: st.DataObject,
    ask: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = data.draw(questions(dataset, command))
    result = ask(dataset, *words, "-f", "json")
    assert result.status == 0, result.err
    value = json.loads(result.out)
    assert list(validator(value["report"]).iter_errors(value)) == []
    if value["report"] != "sources":
        listed = value.get("footnotes" if value["report"] == "stats" else "sources", ())
        footnotes = [source["number"] for source in listed]
        assert footnotes == list(range(1, len(footnotes) + 1))
        assert set(_numbers(value)) == set(footnotes)

    for form in ("csv", "tsv"):
        out = ask(dataset, *words, "-f", form).out
        assert not CONTROL.search(out.replace("\t", ""))
        dialect = "excel" if form == "csv" else "excel-tab"
        rows = list(csv.reader(io.StringIO(out, newline=""), dialect=dialect, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        if value["report"] in ("list", "timeline", "anniversaries"):
            key = {"list": "partnerships", "timeline": "items"}.get(value["report"], "rows")
            assert len(rows) == len(value[key]) + 1
    column = rows[0][data.draw(st.integers(0, len(rows[0]) - 1))]
    if words[0] != "show" and "--by" not in words:
        alone = ask(dataset, *words, "-f", "tsv", "--columns", column)
        told = csv.reader(io.StringIO(alone.out, newline=""), dialect="excel-tab", strict=True)
        assert ["".join(row) for row in told] == [row[rows[0].index(column)] for row in rows]

    markdown = ask(dataset, *words, "-f", "markdown").out
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    rule = re.compile(r"\|( :?-{2,}:? +\|)+")
    rows_written = [
        line for line in markdown.split("\n") if line.startswith("| ") and not rule.fullmatch(line)
    ]
    assert sum(token.type == "tr_open" for token in tokens) == len(rows_written)

    for cells in ("", data.draw(st.sampled_from(("20", "47", "80", "120", "200")))):
        monkeypatch.setenv("COLUMNS", cells)
        out = ask(dataset, *words, *(["--ascii"] if cells == "47" else [])).out
        assert not CONTROL.search(out)
    if value["report"] in ("timeline", "anniversaries"):
        out = ask(dataset, *words, "-f", "ics").out
        calendar = Calendar.from_ical(out)
        assert calendar.subcomponents
        for event in calendar.walk("VEVENT"):
            first, after = (event.decoded(name) for name in ("DTSTART", "DTEND"))
            assert first < after
    if value["report"] == "list":
        path = tmp_path / "x.sqlite"
        assert ask(dataset, *words, "-o", str(path)).status == 0
        with closing(sqlite3.connect(path)) as database:
            listed = {row["id"] for row in value["partnerships"]}
            assert {name for (name,) in database.execute("SELECT id FROM partnerships")} == listed
            assert list(database.execute("PRAGMA foreign_key_check")) == []


@examples(8)
@given(dataset=datasets(), today=st.sampled_from(("2026-11-21", "2000-02-29", "0001-01-01", "9999-12-31")))
def test_every_data_set_can_be_checked(dataset: Dataset, today: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(file_of(entries(dataset)), encoding="utf-8")
    result = call("check", path, "--warnings", "--today", today, "-f", "json")
    assert (result.status, result.err) == (0 if entries(dataset) else 1, "")
    value = json.loads(result.out)
    assert list(validator("check").iter_errors(value)) == []


# --- answers that can be reckoned otherwise -------------------------------------------------------


@examples(9)
@given(dataset=datasets(ties=2), data=st.data())
def test_a_selection_keeps_what_is_selected_by_hand(
    dataset: Dataset, data: st.DataObject, ask: Callable[..., Result]
) -> None:
    for each in data.draw(alternatives(dataset)):
        rows = json.loads(ask(dataset, "list", *each.options, "-f", "json").out)["partnerships"]
        assert [(row["id"], row["events"], row["exchanges"]) for row in rows] == [
            (tie.id, _took_place(tie), len(tie.exchanges)) for tie in chosen(dataset, [each])
        ]
    asked = data.draw(selections(dataset))
    words = [word for each in asked for word in each.options]
    kept = chosen(dataset, asked)
    rows = json.loads(ask(dataset, "list", *words, "-f", "json").out)["partnerships"]
    assert [(row["id"], row["events"], row["exchanges"]) for row in rows] == [
        (tie.id, _took_place(tie), len(tie.exchanges)) for tie in kept
    ]
    value = json.loads(ask(dataset, "stats", *words, "-f", "json").out)
    assert [value[key] for key in ("partnerships", "places", "events", "exchanges")] == [
        len(kept),
        len({end for tie in kept for end in tie.between}),
        sum(map(_took_place, kept)),
        sum(len(tie.exchanges) for tie in kept),
    ]
    told = json.loads(ask(dataset, "timeline", *words, "--every", "0", "-f", "json").out)["items"]
    events = [(tie.id, str(event.date), event.type) for tie in kept for event in tie.events]
    items = [(item["partnership"], item["date"], item["type"]) for item in told]
    for item in events:
        items.remove(item)
    assert all(each[2] == "agreement" for each in items)  # the foundings that no event tells
    summed = json.loads(ask(dataset, "exchanges", *words, "--by", "unit", "-f", "json").out)["sums"]
    parts = ("exact", "approximate", "records", "excluded", "announced")
    assert {row["unit"]: [row[part] for part in parts] for row in summed} == _sums(kept)


def test_a_qualified_date_is_sorted_among_those_of_its_year(ask: Callable[..., Result]) -> None:
    # As texts they would be sorted otherwise: a tilde comes after a hyphen.
    dates = ("1996", "1996?", "1996~", "1996-03?", "1996-03-05", "1997~", "1997-01-01")
    places = {name: Place(id=name, name=name, country="DE", level="city") for name in ("a", "b")}
    ties = tuple(
        Partnership(id=f"t{n}", between=("a", "b"), since=Date.parse(text)) for n, text in enumerate(dates)
    )
    data = Dataset(countries={}, places=places, sources={}, partnerships=ties[::-1], totals=())
    for sort in ("since", "next"):
        rows = json.loads(ask(data, "list", "--sort", sort, "--today", "1998-01-01", "-f", "json").out)
        assert [row["since"] for row in rows["partnerships"]] == list(dates)


def _took_place(tie: Partnership) -> int:
    return sum(not event.announced for event in tie.events)


def _sums(ties: list[Partnership]) -> dict[str, list[int]]:
    """The sums of exchanges by unit, each record held against each other one."""
    sums: dict[str, list[int]] = {}
    for tie in ties:
        held = [flow for flow in tie.exchanges if not flow.announced]
        for number, flow in enumerate(tie.exchanges):
            row = sums.setdefault(flow.unit, [0, 0, 0, 0, 0])
            part = any(flow.part_of and other.id == flow.part_of for other in held)
            running = any(
                flow.series
                and (other.series, other.unit) == (flow.series, flow.unit)
                and (_last(other.period), other.count, -place) > (_last(flow.period), flow.count, -number)
                for place, other in enumerate(tie.exchanges)
                if not other.announced
            )
            if flow.announced:
                row[4] += 1
            elif part or running:
                row[3] += 1
            else:
                row[1 if flow.approximate else 0] += flow.count
                row[2] += 1
    return sums


def _last(period: Period) -> date:
    return Days.of(str(period.end or period.start)).last


@examples(5)
@given(dataset=datasets(ties=2), data=st.data())
def test_a_narrower_question_has_a_part_of_the_answer(
    dataset: Dataset, data: st.DataObject, ask: Callable[..., Result]
) -> None:
    def ids(*words: str) -> list[str]:
        return [
            row["id"] for row in json.loads(ask(dataset, "list", *words, "-f", "json").out)["partnerships"]
        ]

    asked = [word for each in data.draw(selections(dataset)) for word in each.options]
    place = data.draw(st.sampled_from(list(dataset.places)))
    text = data.draw(st.text(min_size=1, max_size=2))
    whole = ids(*asked)
    for more in (("--city", place), (f"--text={text}",)):
        part = ids(*asked, *more)
        assert part == [name for name in whole if name in part]
    one, other = ids(*asked, "--city", place), ids(*asked, f"--text={text}")
    assert ids(*asked, "--city", place, f"--text={text}") == [name for name in one if name in other]
    ends = {tie.id: tie.between for tie in dataset.partnerships}
    assert {name for name in whole if place in ends[name]} <= set(one)


ROWS = {
    ("list",): "partnerships",
    ("list", "--sort", "place"): "partnerships",
    ("timeline",): "items",
    ("timeline", "--chart"): "lanes",
    ("anniversaries", "--within", "60y", "--every", "3"): "rows",
    ("exchanges", "--by", "unit"): "sums",
    ("exchanges", "--by", "year"): "sums",
    ("sources",): "rows",
}


@pytest.mark.parametrize("words", ROWS, ids=" ".join)
@examples(2)
@given(dataset=datasets(ties=3), limit=st.integers(1, 5))
def test_a_limit_is_the_beginning_and_reverse_the_other_way_round(
    words: tuple[str, ...], dataset: Dataset, limit: int, ask: Callable[..., Result]
) -> None:
    def rows(*more: str) -> list[dict[str, Any]]:
        out = ask(dataset, *words, *more, "--today", "2026-11-21", "-f", "json").out
        found: list[dict[str, Any]] = json.loads(out)[ROWS[words]]
        return found

    def bare(row: dict[str, Any]) -> str:
        # What depends on the row before: gaps and the numbers of footnotes.
        gone = {"gap", "sources"} if words[0] == "timeline" else {"sources"}
        row = row | {"source": row["source"] | {"number": 0}} if "source" in row else row
        return json.dumps({key: value for key, value in row.items() if key not in gone}, sort_keys=True)

    whole = rows()
    assert list(map(bare, rows("--limit", str(limit)))) == list(map(bare, whole[:limit]))
    backwards = rows("--reverse")
    assert list(map(bare, rows("--reverse", "--limit", str(limit)))) == list(map(bare, backwards[:limit]))
    assert sorted(map(bare, backwards)) == sorted(map(bare, whole))
    if words == ("timeline",):
        assert [item["date"] for item in backwards if "/" not in item["date"]] == [
            item["date"] for item in reversed(whole) if "/" not in item["date"]
        ]
    elif words[0] != "list":
        assert list(map(bare, backwards)) == list(map(bare, reversed(whole)))
    elif words == ("list",):
        undated = [row for row in whole if row["since"] is None]
        assert backwards[len(backwards) - len(undated) :] == undated


@examples(5)
@given(dataset=datasets(ties=2), data=st.data())
def test_the_order_of_records_in_files_changes_no_answer(
    dataset: Dataset, data: st.DataObject, ask: Callable[..., Result]
) -> None:
    # The other way round, which turns every two records; what one record holds keeps its order, and the order
    # of partnerships is promised by the data set.
    other = Dataset(
        countries=dict(reversed(list(dataset.countries.items()))),
        places=dict(reversed(list(dataset.places.items()))),
        sources=dict(reversed(list(dataset.sources.items()))),
        partnerships=dataset.partnerships,
        totals=dataset.totals,
        info=dataset.info,
    )
    command = data.draw(st.sampled_from(COMMANDS))
    words = data.draw(questions(dataset, command))
    assert ask(other, *words) == ask(dataset, *words)
    for words in (
        ("list",), ("list", "--sort", "kind"), ("timeline",), ("stats", "--by", "region"), ("sources",),
        ("exchanges", "--by", "place", "--records"), ("anniversaries", "--within", "90y"),
    ):  # fmt: skip
        assert ask(other, *words, "-f", "json") == ask(dataset, *words, "-f", "json")


_IDS = {"id", "within", "source", "sources", "between", "origin", "destination", "part_of", "series"}


def _renamed(value: Any, prefix: str, field: str = "") -> Any:
    """The same with another beginning of every id."""
    if isinstance(value, str):
        return f"{prefix}-{value}" if field in _IDS else value
    if isinstance(value, tuple):
        return tuple(_renamed(item, prefix, field) for item in value)
    if isinstance(value, dict):  # texts by language and countries by code stay as they are
        keyed = field in ("places", "sources")
        return {f"{prefix}-{key}" if keyed else key: _renamed(item, prefix) for key, item in value.items()}
    if isinstance(value, Total):  # which is between countries
        return msgspec.structs.replace(value, source=_renamed(value.source, prefix, "source"))
    if isinstance(value, msgspec.Struct) and not isinstance(value, Date | Period):
        fields = {name: _renamed(getattr(value, name), prefix, name) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value


@examples(5)
@given(dataset=datasets(ties=2), data=st.data())
def test_an_id_is_a_name_and_no_more(
    dataset: Dataset, data: st.DataObject, ask: Callable[..., Result]
) -> None:
    words = data.draw(st.sampled_from(COMMANDS).flatmap(lambda command: questions(dataset, command)))
    names = {*dataset.places, *dataset.sources, *(tie.id for tie in dataset.partnerships)}

    def renamed(prefix: str) -> tuple[Dataset, list[str]]:
        asked = [
            f"{prefix}-{word}"
            if word in names and before in ("show", "sources", "--city", "--region")
            else word
            for before, word in zip(("", *words), words, strict=False)
        ]
        return _renamed(dataset, prefix), asked

    for form in ("json", "csv", "markdown", "table"):
        one, other = (ask(made, *asked, "-f", form) for made, asked in map(renamed, ("zq7x", "zq8x")))
        assert one.out.replace("zq7x", "zq8x") == other.out
        assert one.err.replace("zq7x", "zq8x") == other.err
