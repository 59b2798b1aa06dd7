"""Write the data files the one way: `make format-data`, or `--check` to see whether they are so.

Partnerships stand in the order of their founding, then by id, those without a date last; their events
and exchanges in the order of time, one a line; places by kind and id, sources by id, totals by date.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sisterline.dates import Date, Period
from sisterline.importing.document import quote
from sisterline.model import DatasetInfo, Era, Event, Exchange, Partnership, Total
from sisterline.reading.schema import RECORDS, fields_of
from sisterline.reading.yaml_text import read

DATA = Path(__file__).parents[1] / "data"
# A plain scalar that no reader can take for anything but a text inside [...] or {...}; no question mark,
# at which PyYAML without libyaml ends it.
PLAIN = re.compile(r"[^\W_](?:[\w ./()+~%;'’–…·—、。・&-]*[\w.)~…])?")
# Sentences are always quoted: a comma that is added changes nothing else then.
SENTENCES = {"title", "what", "notes", "basis", "counts", "description"}
OCTAL = re.compile(r"0\d+")  # what YAML 1.1 takes for an octal number
HARD = re.compile(r"(?i)(null|true|false|yes|no|on|off|y|n|~)")


def scalar(value: str, *, flow: bool = True) -> str:
    """A text, quoted where it has to be."""
    plain = PLAIN.fullmatch(value) and not HARD.fullmatch(value) and not OCTAL.fullmatch(value)
    if plain or re.fullmatch(r"https?://[^\s,\[\]{}#'\"?]+[^\s,\[\]{}#'\":?]", value):
        return value
    if not flow and re.fullmatch(r"\d[\d-]*[~?]", value):
        return value
    return quote(value)


def flow(value: Any, *, quoted: bool = False) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        pairs = (f"{key}: {flow(item, quoted=quoted or key in SENTENCES)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return quote(value) if quoted else scalar(value)


def ordered(record: dict[str, Any], kind: Any) -> dict[str, Any]:
    """The same with its keys in the order of the model."""
    return {key: record[key] for key in fields_of(kind) if key in record}


def partnership(record: dict[str, Any]) -> Iterator[str]:
    """The lines of one partnership."""
    lead = "- "
    for key, value in ordered(record, Partnership).items():
        if key in ("events", "exchanges"):
            kind, when = (Event, "date") if key == "events" else (Exchange, "period")
            yield f"{lead}{key}:"
            for item in sorted(value, key=lambda item: Period.parse(item[when]).sort_key):
                yield f"  - {flow(ordered(item, kind))}"
        elif key == "disputed":
            yield f"{lead}{key}:"
            yield from (f"  - {flow(item)}" for item in value)
        else:
            plain = isinstance(value, str) and key not in SENTENCES
            text = scalar(value, flow=False) if plain else flow(value, quoted=key in SENTENCES)
            yield f"{lead}{key}: {text}"
        lead = "  "


def described(info: dict[str, Any]) -> Iterator[str]:
    """The lines of the section that describes the data set."""
    for key, value in ordered(info, DatasetInfo).items():
        if key == "eras":
            yield f"  {key}:"
            yield from (f"  - {flow(ordered(era, Era))}" for era in value)
        else:
            yield f"  {key}: {flow(value, quoted=key in SENTENCES)}"


def founding(record: dict[str, Any]) -> tuple[Date, str]:
    """A sort key."""
    return Date.parse(record["since"]) if "since" in record else Date(9999), record["id"]


LEVELS = ("province", "prefecture", "municipality")


def place_key(name: str, place: dict[str, Any]) -> tuple[Any, ...]:
    """A sort key: by country, regions first."""
    return place["country"], place["level"] not in LEVELS or "within" in place, name


def formatted(root: dict[str, Any]) -> str:
    """The text of a file."""
    lines: list[str] = []
    for section in (name for name in RECORDS if name in root):
        value = root[section]
        lines += [*([""] if lines else []), f"{section}:"]
        if section == "partnerships":
            for record in sorted(value, key=founding):
                lines += ["", *partnership(record)]
        elif section == "totals":
            for total in sorted(value, key=lambda total: Period.parse(total["as_of"]).sort_key):
                lines.append(f"- {flow(ordered(total, Total))}")
        elif section == "dataset":
            lines += described(value)
        else:
            names = sorted(value)
            if section == "places":
                names.sort(key=lambda name: place_key(name, value[name]))
            lines += [f"  {name}: {flow(ordered(value[name], *RECORDS[section]))}" for name in names]
    return "\n".join(lines) + "\n"


def comments(text: str) -> str:
    """The comment lines that a file begins with."""
    kept = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        kept.append(line)
    return "".join(f"{line}\n" for line in kept)


def main(arguments: list[str]) -> int:
    """Format all data files; with --check only report those that are not."""
    check = "--check" in arguments
    status = 0
    for path in sorted(DATA.glob("*.yaml")):
        document, problems = read(path)
        if document is None or problems or not isinstance(document.value, dict):
            print(*problems, sep="\n", file=sys.stderr)
            return 1
        text = path.read_text("utf-8")
        new = comments(text) + formatted(document.value)
        if new == text:
            continue
        status = 1
        print(f"{path.name} {'is not formatted: run make format-data' if check else 'formatted'}")
        if not check:
            path.write_text(new, "utf-8")
    return status if check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
