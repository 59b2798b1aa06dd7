"""The formats: what is written is what the report holds, and harmless wherever it is opened."""

import contextlib
import csv
import io
import json
import os
import re
import stat
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from helpers import CONTROL, HOSTILE, ON_SMALL, SMALL, call, plain, small
from sisterline.cli.app import run
from sisterline.errors import SisterlineError, UsageError
from sisterline.formats import FORMATS, Format, delimited, formats_for, markdown, write
from sisterline.formats.options import WriteOptions
from sisterline.formats.output import Output
from sisterline.formats.terminal import page as terminal
from sisterline.formats.terminal.console import Viewport
from sisterline.reports.base import Report
from sisterline.reports.counts import Cross
from sisterline.reports.listing import ListReport
from sisterline.reports.refs import GroupKey, NextAnniversary, PartnershipRef, PlaceRef
from sisterline.reports.stats import StatsReport
from sisterline.text.escape import printable
from sisterline.views import view_of
from sisterline.views.blocks import Column, Table
from sisterline.views.style import UNICODE

COMMANDS = {
    "list": ("list",),
    "timeline": ("timeline",),
    "chart": ("timeline", "--chart"),
    "show": ("show", "evil"),
    "stats": ("stats",),
    "stats by": ("stats", "--by", "kind"),
    "cross": ("stats", "--by", "kind", "--by", "level"),
    "anniversaries": ("anniversaries", "--within", "10y"),
    "exchanges": ("exchanges",),
    "records": ("exchanges", "--records"),
    "sources": ("sources",),
}
NAMES = {"stats by": "stats", "cross": "stats", "records": "exchanges"}
# The formats of every command; others are tried where they are written.
SUFFIXES = {
    "table": (".txt",),
    "json": (".json",),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "markdown": (".md", ".markdown"),
}


def _reports(text: Any) -> ListReport:
    """A list whose every text is the same."""
    place = PlaceRef(
        id=text, name=text, native=text, names={"": text}, level=text, region=text, country=text,
        country_name=text, reading=text,
    )  # fmt: skip
    pair = PartnershipRef(
        id=text, place=place, partner=place, kind=text, since=text, status=text, years=5,
        next=NextAnniversary(5, text), events=1, last_event=text, exchanges=0, sources=2,
    )  # fmt: skip
    return ListReport(today="2026-11-21", partnerships=(pair, pair), matched=2)


def _main(report: ListReport) -> tuple[Table, tuple[Column, ...]]:
    """The table that programs get, and its columns."""
    table = view_of(report, UNICODE).main
    return table, table.for_programs()


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_the_report_with_its_name_and_schema(name: str) -> None:
    result = small(*COMMANDS[name], "-f", "json")
    assert (result.status, result.err) == (0, "")
    assert result.out.endswith("}\n")
    value = json.loads(result.out)
    assert value["schema"] == 2
    assert value["report"] == NAMES.get(name, name)
    assert value["today"] == "2026-11-21"


def test_json_keeps_texts_as_they_are() -> None:
    value = json.loads(small("timeline", "--city", "evil", "-f", "json").out)
    titles = [item["title"] for item in value["items"]]
    assert "[red]x[/] \x1b[31mred\x1b[0m" in titles
    assert "=1+1" in titles
    assert value["partnerships"][0]["place"]["names"]["zh"] == "恶\u202e镇"


def test_json_says_null_where_something_is_not_known() -> None:
    rows = {row["id"]: row for row in json.loads(small("list", "-f", "json").out)["partnerships"]}
    undated = rows["jinshan-east-kita"]
    assert (undated["since"], undated["kind"], undated["years"], undated["next"]) == (None,) * 4
    assert rows["yunhe-kita"]["since"] == "1996~"
    assert rows["jinshan-omori"]["next"] == {"ordinal": 50, "date": "2029-10"}


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_format_passes_control_characters_on(name: str, form: str) -> None:
    # A pager or a terminal shows any of them: `sisterline list -f json` as well as the table.
    out = small(*COMMANDS[name], "-f", form).out
    found = CONTROL.findall(out.replace("\t", "") if form == "tsv" else out)
    assert found == []


# --- CSV and TSV ----------------------------------------------------------------------------------


def _read(text: str, form: str) -> list[list[str]]:
    dialect = "excel-tab" if form == "tsv" else "excel"
    return list(csv.reader(io.StringIO(text, newline=""), dialect=dialect, strict=True))


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("name", COMMANDS)
def test_delimited_text_reads_back_to_rows_of_one_length(name: str, form: str) -> None:
    result = small(*COMMANDS[name], "-f", form)
    head, *rows = _read(result.out, form)
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    assert result.out.count("\n") == len(rows) + 1  # one line per row: no cell holds a line break


def test_csv_and_tsv_and_json_hold_the_same_rows() -> None:
    pairs = json.loads(small("list", "-f", "json").out)["partnerships"]
    for form in ("csv", "tsv"):
        head, *rows = _read(small("list", "-f", form).out, form)
        table = [dict(zip(head, row, strict=True)) for row in rows]
        assert [row["id"] for row in table] == [pair["id"] for pair in pairs]
        assert [row["since"] for row in table] == [pair["since"] or "" for pair in pairs]
        assert [row["years"] for row in table] == [str(pair["years"] or "") for pair in pairs]
        assert [row["partner_native"] for row in table] == [pair["partner"]["native"] for pair in pairs]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_begins_a_formula(form: str) -> None:
    rows = _read(small("timeline", "--city", "evil", "-f", form).out, form)
    cells = [cell for row in rows for cell in row]
    assert "'=1+1" in cells
    assert any(cell.startswith("'-2+3") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


@given(st.sampled_from(HOSTILE) | st.text(max_size=20), st.booleans())
@example(";@", False)
@example("'=1;\"=2", True)
def test_any_text_reads_back_from_a_cell(text: str, tabs: bool) -> None:
    form = "tsv" if tabs else "csv"
    head, *rows = _read(delimited.text(_reports(text), tabs=tabs), form)
    _, columns = _main(_reports(text))
    assert head == [column.name for column in columns]
    assert len(rows) == 2
    for row in rows:
        cell = dict(zip(head, row, strict=True))["place"]
        # Only apostrophes are added, before signs at the beginning and after semicolons.
        assert cell.replace("'", "") == printable(text).replace("'", "")
        assert cell.count("'") >= printable(text).count("'")
        assert not re.search(r"(?:^|;)[\s\"]*[=+\-@]", cell)


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown", "table"])
def test_a_single_column_may_have_empty_cells(form: str) -> None:
    result = small("list", "--columns", "since", "-f", form)
    assert result.status == 0
    assert "1973-06-24" in result.out


# --- Markdown -------------------------------------------------------------------------------------


def _tables(text: str) -> list[list[list[str]]]:
    """The tables of a page as a reader of GitHub sees them: rows of cells of bare text."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables: list[list[list[str]]] = []
    for before, token in pairwise(tokens):
        if before.type == "table_open":
            tables.append([])
        if before.type == "tr_open":
            tables[-1].append([])
        if token.type == "inline" and before.type in ("th_open", "td_open"):
            tables[-1][-1].append(_bare(token))
    return tables


def _bare(token: Token) -> str:
    """The text of a cell; anything but text and links would be markup that came from the data."""
    kinds = {child.type for child in token.children or []}
    assert kinds <= {"text", "text_special", "link_open", "link_close"}, kinds
    return "".join(child.content for child in token.children or [] if child.type.startswith("text"))


_BLANK_OR_OURS = re.compile(r"$|#{1,3} \S|\| |- |\d+\. |[\w\\]")


@pytest.mark.parametrize("name", COMMANDS)
def test_markdown_has_tables_of_one_width_and_nothing_breaks_out_of_a_cell(name: str) -> None:
    text = small(*COMMANDS[name], "-f", "markdown").out
    tables = _tables(text)
    assert tables or name == "timeline"  # which is a list
    for table in tables:
        assert len(table) > 1
        assert {len(row) for row in table} == {len(table[0])}
    assert [line for line in text.splitlines() if not _BLANK_OR_OURS.match(line)] == []
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == sum(len(table) + 1 for table in tables)
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@given(st.sampled_from([*HOSTILE, "&lt;", "&amp;copy;", "x &copy; y"]) | st.text(max_size=20))
def test_any_text_stays_in_its_cell_and_is_read_as_it_is(text: str) -> None:
    main, columns = _main(_reports(text))
    names = tuple(column.name for column in columns)
    (table,) = _tables(markdown.text(_reports(text), WriteOptions(columns=names)))
    assert table[0] == [name.replace("_", " ") for name in names]
    assert len(table) == 3
    shown = re.sub(r"\s+", " ", printable(text)).strip()
    if not re.fullmatch(r"https?://\S+", shown):  # an address becomes a link, checked below
        for cell, column in zip(table[1], columns, strict=True):
            if isinstance(column.reader()(main.rows[0]), str):
                assert re.sub(r"\s+", " ", cell).strip() == shown


def test_an_address_is_a_link_in_markdown() -> None:
    text = small("show", "evil", "-f", "markdown").out
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    links = [
        child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"
    ]
    assert "https://evil.example/a%7Cb%5Bx%5D(y)" in links


def test_columns_that_are_empty_are_left_out_of_markdown() -> None:
    (table,) = _tables(small("list", "--city", "yunhe", "-f", "markdown").out)
    assert {"Kind", "Next"} <= set(table[0])
    (table,) = _tables(small("list", "--kind", "cooperation", "-f", "markdown").out)
    assert "Next" not in table[0]


# --- Markdown as a document -----------------------------------------------------------------------

DOCUMENTS = {
    "pair": ("show", "linhai-sakae"),
    "place with one partnership": ("show", "evil"),
    "place with several": ("show", "omori"),
    "timeline of one": ("timeline", "--city", "栄市", "--kind", "friendship-city"),
    "timeline of several": ("timeline", "--city", "omori", "--city", "kita"),
}


def _document(name: str) -> list[Token]:
    result = small(*DOCUMENTS[name], "-f", "markdown")
    assert (result.status, result.err) == (0, "")
    return MarkdownIt("commonmark").enable("table").parse(result.out)


def _headings(tokens: list[Token]) -> list[tuple[int, str]]:
    return [
        (int(before.tag[1:]), token.content)
        for before, token in pairwise(tokens)
        if before.type == "heading_open"
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_has_one_title_and_headings_in_order(name: str) -> None:
    tokens = _document(name)
    assert tokens[0].type == "heading_open"
    levels = [level for level, _ in _headings(tokens)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    # A part of a part follows a part: no level is left out on the way down.
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_history_of_a_document_is_a_list_for_each_decade(name: str) -> None:
    tokens = _document(name)
    headings = _headings(tokens)
    at = headings.index((2, "History"))
    *decades, last = [text for level, text in headings[at + 1 :] if level == 3]
    if last != "To come":
        decades.append(last)
    assert decades
    assert decades == sorted(decades)
    assert all(re.fullmatch(r"\d{3}0s", decade) for decade in decades)
    lists = [n for n, token in enumerate(tokens) if token.type == "bullet_list_open"]
    below_headings = [n for n in lists if (tokens[n - 3].type, tokens[n - 3].tag) == ("heading_open", "h3")]
    assert len(below_headings) == len(decades) + (last == "To come")


def test_a_document_of_a_pair_has_title_facts_places_history_counts_and_sources() -> None:
    headings = [text for level, text in _headings(_document("pair")) if level < 3]
    assert headings == [
        "Linhai 临海市 ⇄ Sakae 栄市", "Linhai 临海市", "Sakae 栄市", "History", "Counted exchanges",
        "Exchange sums", "Sources",
    ]  # fmt: skip
    text = small(*DOCUMENTS["pair"], "-f", "markdown").out
    first = "**Founded**: friendship city since 1973-06-24 (agreement signed) \\[1\\] \\[2\\]"
    assert text.startswith(f"# Linhai 临海市 ⇄ Sakae 栄市\n\n- {first}\n- **Age**: 53 years\n")


def _cited_and_listed(tokens: list[Token]) -> tuple[set[int], list[int]]:
    """The footnotes that a document cites, and the numbers of its list of sources."""
    start = next(n for n, token in enumerate(tokens) if token.type == "ordered_list_open")
    cited: set[int] = set()
    for token in tokens[:start]:
        text = "".join(child.content for child in token.children or [])
        cited |= {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    first = int(tokens[start].attrs.get("start", 1))
    items = [token for token in tokens[start:] if token.type == "list_item_open"]
    assert [int(item.info) for item in items] == list(range(first, first + len(items)))
    return cited, [int(item.info) for item in items]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_citation_of_a_document_has_its_source_and_every_source_its_citation(name: str) -> None:
    cited, listed = _cited_and_listed(_document(name))
    assert sorted(cited) == listed == list(range(1, len(listed) + 1))


@pytest.mark.parametrize("command", [("show", "kobe"), ("show", "suzhou"), ("timeline", "--city", "Dalian")])
def test_the_sources_of_the_bundled_data_are_numbered_without_gaps(command: tuple[str, ...]) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(call(*command, "-f", "markdown").out)
    cited, listed = _cited_and_listed(tokens)
    assert sorted(cited) == listed == list(range(1, len(listed) + 1))


def test_chosen_columns_are_the_main_table_alone() -> None:
    out = small("timeline", "--columns", "date,title", "-f", "markdown").out
    assert [line for line in out.splitlines() if not line.startswith("| ")] == []
    assert _tables(out)[0][0] == ["date", "title"]


# --- quotes and other tables ----------------------------------------------------------------------

_QUOTED = ['"A" visit', '"', '""', '"open', '" "', '"=1+1', 'no "quote" in front']


@pytest.mark.parametrize("text", _QUOTED)
def test_a_cell_that_begins_with_a_quote_swallows_no_other(text: str) -> None:
    written = delimited.text(_reports(text), tabs=True)
    head, *rows = _read(written, "tsv")
    assert len(rows) == 2  # spreadsheets, pandas and R read on to the next quote, over tabs and lines
    for row in rows:
        assert dict(zip(head, row, strict=True))["place"].removeprefix("'") == text
    # A reader that knows no quotes finds the same cells, one with more quotes in it.
    assert {line.count("\t") for line in written.splitlines()} == {len(head) - 1}


def test_other_cells_of_tsv_are_not_quoted() -> None:
    assert '\tno "quote" in front\t' in delimited.text(_reports('no "quote" in front'), tabs=True)


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_tables_that_a_sheet_has_no_room_for_are_named(form: str) -> None:
    # Sheets hold one table: what is lost is said, but for sources, which `sources` writes.
    assert small("show", "sakae-pref", "-f", form).err == (
        f"sisterline: {form} holds one table, timeline; -f json and -f markdown also hold "
        "partnerships, exchanges, sums\n"
    )
    assert "also hold by decade, " in small("stats", "-f", form).err
    assert small("stats", "--by", "kind", "-f", form).err == ""
    assert small("timeline", "-f", form).err == ""
    assert small("stats", "-f", "markdown").err == ""


# --- columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "markdown"])
def test_columns_are_those_asked_for_in_their_order(form: str) -> None:
    out = small("list", "--columns", "partner, since,id", "-f", form, "--city", "yunhe").out
    words = re.sub(r"[|,\t]", " ", out.replace("\\", "")).split()
    assert [word.lower() for word in words[:3]] == ["partner", "since", "id"]
    assert words[-3:] == ["北区", "1996~", "yunhe-kita"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--columns", "sinc"), '--columns: unknown column "sinc"; did you mean since?'),
        (("--columns", "id,zzzz"), '--columns: unknown column "zzzz"; choose one of id, since, place,'),
        (
            ("--columns", "id", "-f", "json"),
            "--columns chooses columns of table, csv, tsv, markdown, xlsx; json has none",
        ),
    ],
)
def test_columns_that_cannot_be_had_are_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    result = small("list", *arguments)
    assert result.status == 2
    assert result.out == ""
    assert message in result.err


def test_a_column_that_does_not_exist_leaves_no_file(tmp_path: Path) -> None:
    assert small("list", "--columns", "nope", "-o", tmp_path / "x.csv").status == 2
    assert _names(tmp_path) == []


def _names(folder: Path) -> list[str]:
    """What is in a folder, hidden files too."""
    return [path.name for path in folder.iterdir()]


def test_groups_of_one_name_are_columns_of_different_names() -> None:
    keys = tuple(GroupKey(codes=(code,), names=("Yamagata",)) for code in ("yamagata-city", "yamagata-town"))
    rows = (GroupKey(codes=("city",)),)
    cross = Cross(
        by=("level", "region"), rows=rows, columns=(*keys, GroupKey(codes=())), cells=((1, 2, 0),),
        row_totals=(3,), column_totals=(1, 2, 0), overlaps=False,
    )  # fmt: skip
    report = StatsReport(
        today="2026-11-21", partnerships=3, places=3, events=0, announced=0, exchanges=0,
        sources=0, first="", last="", counts=(), cross=cross, sums=(), totals=(), coverage=(), footnotes=(),
    )  # fmt: skip
    names = ["level", "Yamagata (yamagata-city)", "Yamagata (yamagata-town)", "unknown", "all"]
    assert delimited.text(report).splitlines() == [",".join(names), "city,1,2,0,3"]
    assert delimited.text(report, (names[2],)).splitlines() == [names[2], "2"]


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [(f"out{suffix}", form) for form, suffixes in SUFFIXES.items() for suffix in suffixes]
    + [("O.CSV", "csv")],
)
def test_the_extension_of_a_file_names_its_format(tmp_path: Path, name: str, form: str) -> None:
    result = small("list", "-o", tmp_path / name)
    assert (result.status, result.out, result.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().decode() == small("list", "-f", form).out
    assert _names(tmp_path) == [name]


def test_a_format_goes_before_an_extension_and_a_dash_is_standard_output(tmp_path: Path) -> None:
    assert small("list", "-f", "json", "-o", tmp_path / "x.csv").status == 0
    assert json.loads((tmp_path / "x.csv").read_text(encoding="utf-8"))["report"] == "list"
    assert small("list", "-o", "-").out == small("list").out
    assert small("list", "-f", "csv", "-o", "-").out == small("list", "-f", "csv").out


def test_a_file_is_replaced_as_a_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old\n" * 10_000, encoding="utf-8")
    path.chmod(0o640)
    assert small("list", "-o", path).status == 0
    assert path.read_text(encoding="utf-8") == small("list", "-f", "csv").out
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        assert small("list", "-o", tmp_path / "x.csv").status == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "x.csv").stat().st_mode) == 0o640


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")

    def full(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delimited, "text", full)
    result = small("list", "-o", path)
    assert (result.status, result.out) == (1, "")
    assert result.err == f"sisterline: cannot write {path}: No space left on device\n"
    assert path.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["x.csv"]


def test_a_write_that_is_interrupted_leaves_the_old_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")

    def interrupted(*_: Any, **__: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(delimited, "text", interrupted)
    assert small("list", "-o", path).status == 130
    assert path.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["x.csv"]


def test_a_folder_and_a_missing_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    result = small("list", "-o", tmp_path / "folder.csv")
    assert (result.status, result.err) == (
        1, f"sisterline: cannot write {tmp_path}/folder.csv: it is a folder; name a file in it\n",
    )  # fmt: skip
    result = small("list", "-o", tmp_path / "no" / "x.csv")
    assert (result.status, result.err) == (
        1,
        f"sisterline: cannot write {tmp_path}/no/x.csv: No such file or directory; make its folder first\n",
    )


def test_what_is_no_folder_holds_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = small("list", "-o", tmp_path / "file" / "x.csv")
    assert result.status == 1
    assert result.err.startswith(f"sisterline: cannot write {tmp_path}/file/x.csv: ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("name", ["x", "x.docx", ".csv", "", "x.csv.gz"])
def test_an_extension_of_no_format_is_wrong_usage(name: str) -> None:
    result = call("list", "-o", name, *ON_SMALL)
    assert (result.status, result.out) == (2, "")
    assert f'the extension of "{name}" belongs to no format; use one of .txt, .json, .csv' in result.err


def test_a_table_in_a_file_has_its_natural_width_and_no_colours(tmp_path: Path) -> None:
    assert small("list", "-o", tmp_path / "x.txt").status == 0
    text = (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "[red]Evil[/] \\u{1b}[31mtown" in text


@pytest.mark.parametrize(
    ("name", "message"),
    [("markdwn", "did you mean markdown?"), ("zzz", "choose one of table, json, csv, tsv, markdown")],
)
def test_an_unknown_format_is_wrong_usage_and_gives_the_nearest(name: str, message: str) -> None:
    result = small("list", "-f", name)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_writing_outside_of_the_command_line_says_what_went_wrong(tmp_path: Path) -> None:
    with pytest.raises(SisterlineError, match="it is a folder"):
        write(_reports("x"), "csv", output=Output(path=str(tmp_path)))


# --- the table of chosen columns ------------------------------------------------------------------


@given(st.sampled_from(HOSTILE))
def test_chosen_columns_take_one_line_per_row(text: str) -> None:
    lines = plain(terminal.chosen(_reports(text), ("id", "years", "place"), Viewport()))
    assert len(lines) == 3
    assert not [line for line in lines if CONTROL.search(line) or "\n" in line]


def test_an_empty_selection_still_makes_a_file_with_its_head(tmp_path: Path) -> None:
    result = call("list", "--no-builtin", "--data", SMALL, "--kind", "partner-city", "-o", tmp_path / "x.csv")
    assert (result.status, result.out) == (0, "")
    assert result.err == "sisterline: nothing matches --kind partner-city\n"
    assert (tmp_path / "x.csv").read_text(encoding="utf-8").startswith("id,since,place,")
    empty = call("list", "--no-builtin", "--data", SMALL, "--kind", "partner-city", "-f", "json")
    assert json.loads(empty.out)["partnerships"] == []


# --- the registry ---------------------------------------------------------------------------------


@pytest.fixture
def shout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that is nowhere else: one module, and one row of the registry."""
    module = ModuleType("sisterline.formats.shout")

    def write_shout(report: Report, out: IO[str], options: WriteOptions) -> str:
        out.write(f"{report.name.upper()} AS {options.format.upper()}!\n")
        return "shouting holds no sources"

    module.write = write_shout  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(FORMATS, "shout", Format(module="shout", suffixes=(".loud",), reports=("list",)))


@pytest.mark.usefixtures("shout")
def test_a_format_is_a_module_and_a_row_of_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "pairs.loud"
    result = small("list", "-o", path)
    assert (result.status, result.out, result.err) == (0, "", "sisterline: shouting holds no sources\n")
    assert path.read_text("utf-8") == "LIST AS SHOUT!\n"
    # An earlier output is replaced, and nothing that is no text.
    assert small("list", "-o", path).status == 0
    path.write_bytes(b"\0\1")
    assert "it is an existing file that is not text" in small("list", "-o", path).err


@pytest.mark.usefixtures("shout")
def test_a_report_that_a_format_cannot_hold_is_wrong_usage_and_says_what_can() -> None:
    assert formats_for("list")[-1] == "shout"
    assert "shout" not in formats_for("stats")
    result = small("stats", "-o", "x.loud")
    assert (result.status, result.out) == (2, "")
    assert (
        "stats cannot be written as shout; choose one of table, json, csv, tsv, markdown, xlsx" in result.err
    )


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form != FORMATS["xlsx"]])
def test_columns_are_for_formats_that_take_them(name: str) -> None:
    """Those of a workbook are in test_workbook."""
    options = WriteOptions(columns=("id",))
    if FORMATS[name].takes_columns:
        assert _written(name, options)
    else:
        with pytest.raises(UsageError, match=f"^--columns chooses columns of .*; {name} has none$"):
            _written(name, options)


@pytest.mark.parametrize("name", FORMATS)
def test_a_byte_order_mark_is_for_formats_that_take_it(name: str) -> None:
    options = WriteOptions(bom=True)
    if FORMATS[name].takes_bom:
        assert _written(name, options).startswith("\ufeffid")
    else:
        with pytest.raises(UsageError, match=f"^--bom is for csv and tsv; {name} has no byte order mark$"):
            _written(name, options)


def _written(name: str, options: WriteOptions) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        write(_reports("x"), name, options=options)
    return out.getvalue()


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.own_file])
def test_a_format_of_its_own_file_does_not_go_to_standard_output(name: str) -> None:
    with pytest.raises(
        UsageError, match=f"^{name} is a file of its own: name it with --output pairs[.]{name}$"
    ):
        write(_reports("x"), name)


@pytest.mark.parametrize("name", ["ics", "csv"])
def test_a_format_that_is_utf8_is_that_on_a_stream_of_another_encoding(name: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="gbk", newline="")
    arguments = ("anniversaries", "--within", "10y", "-f", name, *ON_SMALL)
    with contextlib.redirect_stdout(out):
        run(list(map(str, arguments)))
    assert out.encoding == ("utf-8" if FORMATS[name].utf8 else "gbk")


def test_each_kind_of_file_is_known_from_others(tmp_path: Path) -> None:
    """What may be replaced is decided by the kind in the row of a format: nothing else names formats."""
    samples = {
        "text": b"a text\n",
        "json": b'{"report": "list"}',
        "calendar": None,
        "database": b"SQLite format 3\0",
    }
    calendar = small("anniversaries", "--within", "10y", "-f", "ics").out.encode()
    for name, form in FORMATS.items():
        if "list" not in formats_for(name) and form.reports and "list" not in form.reports:
            continue
        for kind, sample in samples.items():
            target = tmp_path / f"{name}-{kind}"
            target.write_bytes(calendar if sample is None else sample)
            refused = bool(small("list", "-f", name, "-o", target).status)
            text = kind in ("text", "json", "calendar")
            assert refused == (
                kind == "database" or not (form.kind == kind or (form.kind == "text" and text))
            )
