"""Documents to hand out: what their readers see, alone and in a word processor (pandoc)."""

import html
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers import TODAY, call, small
from sisterline import DATA_VERSION
from sisterline.formats.markdown import PAGE, pipe_table
from sisterline.model import Dataset
from sisterline.query.places import find_partnership
from sisterline.query.selection import Selection, select_by_name
from sisterline.reports.highlights import MOST
from sisterline.reports.show import ShowReport, show_report
from sisterline.text.cells import width

DOCUMENTS = {
    "pair": ("show", "beihai-yatsushiro"),
    "place": ("show", "dalian"),
    "page of a pair": ("show", "tianjin-kobe", "--brief"),
    "page of a place": ("show", "dalian", "--brief"),
    "timeline of a pair": ("timeline", "--city", "Yatsushiro"),
    "timeline of several": ("timeline", "--city", "Dalian"),
    "meeting": ("anniversaries", "--within", "2y"),
}
every_document = pytest.mark.parametrize("name", DOCUMENTS)
needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


def document(name: str, *options: str) -> str:
    """A document of the bundled data on a fixed day."""
    result = call(*DOCUMENTS[name], *options, "--today", "2026-11-21", "-f", "markdown")
    assert (result.status, result.err) == (0, "")
    return result.out


def headings(text: str) -> list[str]:
    """The headings of a document as people read them."""
    return [re.sub(r"\\(.)", r"\1", heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]


# --- what a reader sees ---------------------------------------------------------------------------


@every_document
def test_a_document_ends_with_its_day_and_the_licence_of_its_data(name: str) -> None:
    day, _, last = document(name).rstrip().splitlines()[-3:]
    assert day.startswith("As of 2026-11-21.")
    title = "Sisterline data set of China-Japan partnerships"
    assert last == f"Data: {title}, version {DATA_VERSION} (CC-BY-4.0)"


def test_a_document_of_own_data_claims_no_licence_for_it(tmp_path: Path) -> None:
    own = small("show", "linhai-sakae", "-f", "markdown").out.splitlines()[-1]
    assert own.startswith("As of 2026-11-21.")
    assert "CC" not in own
    assert "Data" not in own
    visits = tmp_path / "visits.yaml"
    event = "{date: 2026-11, type: delegation, title: Our own visit}"
    visits.write_text(f"partnerships: [{{extends: tianjin-kobe, events: [{event}]}}]\n", encoding="utf-8")
    both = call("show", "tianjin-kobe", "--data", visits, "-f", "markdown").out.splitlines()[-1]
    assert f"version {DATA_VERSION}+own (CC-BY-4.0 for the bundled data)" in both


def test_a_document_explains_the_signs_in_its_dates_and_no_others() -> None:
    assert "In dates: / to, ? uncertain." in document("pair")
    assert "In dates: \\~ about." in document("page of a pair")
    assert "In dates" not in document("meeting")


def test_the_last_line_is_for_documents_only() -> None:
    assert "As of" not in call(*DOCUMENTS["pair"]).out
    assert "As of" not in document("timeline of a pair", "--columns", "date,title")


@every_document
def test_a_title_names_the_places_in_both_scripts(name: str) -> None:
    title = headings(document(name))[0]
    beihai, yatsushiro = "Beihai 北海市 · Guangxi, China", "Yatsushiro 八代市 · Kumamoto Prefecture, Japan"
    expected = {
        "pair": "Beihai 北海市 ⇄ Yatsushiro 八代市",
        "place": "Dalian 大连市",
        "page of a pair": "Tianjin 天津市 ⇄ Kobe 神戸市",
        "page of a place": "Dalian 大连市",
        "timeline of a pair": f"{beihai} ⇄ {yatsushiro}",
    }
    assert title == expected.get(name, title)
    assert "  " not in title


def test_what_is_to_come_has_a_heading_of_its_own() -> None:
    text = document("timeline of a pair")
    assert "today" not in text
    assert "### To come\n\n- **2031-03-05** 35th anniversary\n" in text
    backwards = document("timeline of a pair", "--reverse")
    assert backwards.index("### To come") < backwards.index("### 2020s")
    plain = document("timeline of a pair", "--reverse", "--group", "none")
    assert re.findall("^### (.*)$", plain, re.MULTILINE) == ["To come", "Up to today"]
    assert "Up to today" not in document("timeline of a pair", "--group", "none").partition("### To come")[2]


def test_the_partnerships_of_a_place_do_not_repeat_it_in_every_row() -> None:
    rows = [line for line in document("place").splitlines() if line.startswith("| ")]
    cells = [cell.strip() for cell in rows[0].strip("| ").split("|")]
    assert cells == ["Since", "Japan", "Region", "Kind", "Years", "Next", "Cited"]
    assert "Dalian" not in rows[2]
    names = call("show", "dalian", "-f", "json").out
    assert json.loads(names)["partnerships"][0]["partnership"]["place"]["name"] == "Dalian"


def test_a_list_for_a_meeting_has_dates_ordinals_and_foundings() -> None:
    rows = [line for line in document("meeting").splitlines() if line.startswith("| ")]
    cells = [cell.strip() for cell in rows[0].strip("| ").split("|")]
    assert cells == ["When", "Anniversary", "Place", "Partner", "Since", "Kind", "Source"]
    (kobe,) = [row for row in rows if "Kobe" in row]
    assert re.match(r"\| 2028-06-24 +\| +55th \| Tianjin 天津市 +\| Kobe 神戸市 +\| 1973-06-24 ", kobe)
    assert "○" not in "".join(rows)


# --- one page -------------------------------------------------------------------------------------


def brief(dataset: Dataset, name: str) -> ShowReport:
    """The report of `show NAME --brief`."""
    everything = Selection()
    named = select_by_name(dataset, name, find_partnership(dataset, name), everything)
    return show_report(dataset, named, everything, TODAY, brief=True)


@pytest.mark.parametrize("name", ["tianjin-kobe", "beihai-yatsushiro", "nanjing-nagoya", "dalian"])
def test_a_page_has_a_few_events_in_order_and_no_computed_anniversaries(bundled: Dataset, name: str) -> None:
    items = brief(bundled, name).items
    assert 3 <= len(items) <= MOST
    assert [item.date for item in items] == sorted(item.date for item in items)
    assert all(item.ordinal is None for item in items)


def test_a_page_of_a_pair_has_its_founding_its_turning_points_and_its_latest_event(bundled: Dataset) -> None:
    nanjing = brief(bundled, "nanjing-nagoya").items
    assert "founding" in {item.kind for item in nanjing}
    assert "suspension" in {item.type for item in nanjing}
    everything = json.loads(call("timeline", "--city", "Nanjing", "--every", "0", "-f", "json").out)["items"]
    assert nanjing[-1].date == everything[-1]["date"]


def test_a_page_of_a_place_leaves_the_foundings_to_its_table(bundled: Dataset) -> None:
    report = brief(bundled, "dalian")
    assert len(report.partnerships) > 5
    assert "founding" not in {item.kind for item in report.items}


def test_a_pair_without_events_has_a_page(bundled: Dataset) -> None:
    for name in [p.id for p in bundled.partnerships if not p.events][:3]:
        assert call("show", name, "--brief").status == 0


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("name", ["tianjin-kobe", "beihai-yatsushiro", "nanjing-nagoya"])
def test_a_page_fits_one_sheet(name: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = call("show", name, "--brief", "-f", form).out
    assert len(page.splitlines()) <= 75
    assert "Counted exchanges" in page
    assert re.search(r"next\W+50th anniversary on|next\W+\d+th anniversary on", page, re.IGNORECASE)


def test_a_page_cites_the_sources_of_its_sums_and_lists_each_in_one_line() -> None:
    page = document("page of a pair")
    table, _, sources = page.partition("## Sources\n\n")
    assert re.search(r"^\| delegations \| 54 people +\| \\\[\d+\\\]", table, re.MULTILINE)
    assert re.search(r"^1\. Kobe City <https://\S+>$", sources, re.MULTILINE)
    assert "(official, ja)" not in sources
    full = document("page of a pair", "--sources", "full")
    assert "(official, ja)" in full


@every_document
def test_the_sources_of_a_document_are_those_it_cites_numbered_from_1(name: str) -> None:
    body, _, sources = document(name).partition("## Sources\n\n")
    cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", body)}
    listed = [int(number) for number in re.findall(r"^(\d+)\. ", sources, re.MULTILINE)]
    assert sorted(cited) == listed == list(range(1, len(listed) + 1))


# --- columns on paper -----------------------------------------------------------------------------


def dashes(table: str) -> list[int]:
    """The dashes below the headings of a pipe table."""
    return [len(cell.strip()) for cell in table.splitlines()[1].strip("|\n").split("|")]


def test_a_table_that_fits_has_dashes_as_wide_as_its_columns() -> None:
    table = pipe_table(["Date", "Title"], [["1996-03-05", "a short title"]], numeric=[False, False])
    assert dashes(table) == [10, 13]


def test_the_dashes_of_a_wide_table_fit_a_page_and_leave_words_whole() -> None:
    rows = [["1996-03-05", "1,500", "a long description of what was counted " * 3, "Shijingshan District"]]
    table = pipe_table(["Date", "Count", "What", "Place"], rows, numeric=[False, True, False, False])
    sizes = dashes(table)
    assert sum(sizes) <= PAGE
    assert sizes[0] == 10
    assert sizes[1] == 5
    assert sizes[3] >= len("Shijingshan")
    head, rule, _ = table.splitlines()
    assert width(head) == width(rule)  # the source lines up all the same, but for very long cells


# --- in a word processor --------------------------------------------------------------------------


def pandoc(text: str, reader: str, writer: str) -> Any:
    """What pandoc makes of a document, as a value of its model."""
    written = subprocess.run(
        ["pandoc", "-f", reader, "-t", writer],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    assert written.stderr == ""
    return json.loads(written.stdout)


def found(value: Any, kind: str) -> list[Any]:
    """All elements of a kind in a value of pandoc's model, in order."""
    if isinstance(value, list):
        return [element for each in value for element in found(each, kind)]
    if not isinstance(value, dict):
        return []
    own = [value["c"]] if value.get("t") == kind else []
    return own + found(value.get("c", []), kind)


@pytest.mark.slow
@needs_pandoc
@every_document
@pytest.mark.parametrize("reader", ["gfm", "markdown"])
def test_pandoc_reads_headings_lists_tables_and_links_as_they_are_meant(name: str, reader: str) -> None:
    text = document(name)
    blocks = pandoc(text, reader, "json")["blocks"]
    assert len(found(blocks, "Header")) == len(headings(text))
    # A table of sources is one list, whose numbers are those of the citations.
    lists = found(blocks, "OrderedList")
    listed = re.findall(r"^\d+\. ", text.partition("## Sources\n\n")[2], re.MULTILINE)
    assert [len(items) for _, items in lists] == [len(listed)]
    assert lists[0][0][0] == 1
    assert len(found(blocks, "Link")) == len(re.findall(r"<https?://[^>]*>", text))
    assert len(found(blocks, "Table")) == len(re.findall(r"^\| -", text, re.MULTILINE))
    assert found(blocks, "Cite") == found(blocks, "RawInline") == found(blocks, "RawBlock") == []


@pytest.mark.slow
@needs_pandoc
@pytest.mark.parametrize("name", ["pair", "place", "meeting", "page of a place"])
def test_the_columns_that_pandoc_makes_have_space_for_their_words(name: str) -> None:
    tables = found(pandoc(document(name), "markdown", "json")["blocks"], "Table")
    assert tables
    for _, _, columns, *_ in tables:
        shares = [share["c"] for _, share in columns if share["t"] == "ColWidth"]
        assert not shares or min(shares) > 4 / PAGE


@pytest.mark.slow
@needs_pandoc
@every_document
@pytest.mark.parametrize("reader", ["gfm", "markdown"])
def test_pandoc_makes_a_word_document_with_every_heading(name: str, reader: str, tmp_path: Path) -> None:
    text = document(name)
    target = tmp_path / "x.docx"
    command = ["pandoc", "-f", reader, "-t", "docx", "-o", str(target)]
    subprocess.run(command, input=text, encoding="utf-8", check=True, timeout=120)
    with zipfile.ZipFile(target) as archive:
        written = re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode())
    for heading in (*headings(text), "As of 2026-11-21."):
        assert html.escape(heading, quote=False) in written
