"""The same rows for other programs: what a person would export, and the call to make then."""

import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench import TODAY
from bench.maker import KNOWN
from bench.measure import Case

if TYPE_CHECKING:
    from bench.cases import Bench

CITY = KNOWN[0].capitalize()
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 2.4: a backslash before ASCII punctuation
_TASK = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:bench\r
BEGIN:VTODO\r
UID:{number}\r
DTSTAMP:20261121T000000Z\r
SUMMARY:{summary}\r
DUE;VALUE=DATE:{due:%Y%m%d}\r
END:VTODO\r
END:VCALENDAR\r
"""


def shown_cells(markdown: str) -> list[list[str]]:
    """The cells of a Markdown table, headings first: they are those that a terminal shows."""
    lines = [line[2:-2].split(" | ") for line in markdown.splitlines() if line.startswith("| ")]
    heading, _, *rows = [[_ESCAPED.sub(r"\1", cell.strip()) for cell in line] for line in lines]
    return [heading, *rows]


def tsv(rows: list[list[str]]) -> str:
    """Rows as tab-separated lines."""
    return "".join("\t".join(row) + "\n" for row in rows)


def sqlite_rows(bench: "Bench", program: str) -> Case:
    """The cells of `list` as a table of SQLite, by sqlite-utils."""
    path = bench.lab.folder / "pairs.sqlite"
    path.unlink(missing_ok=True)
    headings, *rows = shown_cells(bench.output("list", "-f", "markdown"))
    columns = ", ".join(f'"{heading} {number}" TEXT' for number, heading in enumerate(headings))
    database = sqlite3.connect(path)
    with database:
        database.execute(f"CREATE TABLE listed ({columns})")
        database.executemany(f"INSERT INTO listed VALUES ({', '.join('?' * len(headings))})", rows)
    database.close()
    return Case((program, "rows", str(path), "listed", "--table"))


def todo_list(bench: "Bench", program: str) -> Case:
    """A folder with one task per partnership, by todoman with its own cache."""
    root = bench.lab.folder / "todo"
    tasks = root / "tasks" / "pairs"
    tasks.mkdir(parents=True, exist_ok=True)
    names = bench.output("list", "-f", "tsv", "--columns", "place,partner").splitlines()[1:]
    for number, line in enumerate(names):
        due = date.fromisoformat(TODAY) + timedelta(days=number)
        task = _TASK.format(number=number, summary=line.replace("\t", " - "), due=due)
        (tasks / f"{number}.ics").write_text(task, "utf-8")
    config = root / "config.py"
    config.write_text(f'path = "{root}/tasks/*"\ncache_path = "{root}/cache.sqlite3"\n', "utf-8")
    return Case((program, "--config", str(config), "list"))


def jq_select(bench: "Bench", program: str) -> Case:
    """The pairs of a city out of the JSON export, by jq."""
    path = bench.lab.folder / "pairs.json"
    path.write_text(bench.output("list", "-f", "json"), "utf-8")
    query = f'.partnerships[] | select(.place.name == "{CITY}" or .partner.name == "{CITY}")'
    return Case((program, query, str(path)))


def journal(events: str) -> str:
    """A journal of hledger: a transaction for each event, with its partnership as the account.

    Args:
        events: tab-separated lines of date, partnership and title, after a line of headings.
    """
    transactions = []
    for line in events.splitlines()[1:]:
        when, partnership, title = line.split("\t")
        year, month, day = (*when.partition("/")[0].rstrip("~?").split("-"), "01", "01")[:3]
        # A semicolon begins a comment.
        transactions.append(
            f"{year}-{month}-{day} {title.replace(';', ',')}\n    {partnership}  1\n    all\n"
        )
    return "\n".join(transactions)


def _hledger(bench: "Bench", program: str, *command: str) -> Case:
    path = bench.lab.folder / "events.journal"
    events = bench.output("timeline", "--every", "0", "-f", "tsv", "--columns", "date,partnership,title")
    path.write_text(journal(events), "utf-8")
    return Case((program, "--file", str(path), *command))


def hledger_register(bench: "Bench", program: str) -> Case:
    """The events of one city out of all, by hledger."""
    return _hledger(bench, program, "register", CITY.lower())


def hledger_print(bench: "Bench", program: str) -> Case:
    """All events, by hledger."""
    return _hledger(bench, program, "print")


def csv_file(bench: "Bench", data: Path | None = None) -> Path:
    """A file with the CSV export, of the bundled or of other data."""
    path = bench.lab.folder / f"{data.stem if data else 'pairs'}.csv"
    path.write_text(bench.output("list", "-f", "csv", data=data), "utf-8")
    return path


def visidata_batch(bench: "Bench", program: str) -> Case:
    """The CSV export read and written as TSV, by VisiData without its screen."""
    return Case((program, "--batch", str(csv_file(bench)), "--output", "-", "--save-filetype", "tsv"))
