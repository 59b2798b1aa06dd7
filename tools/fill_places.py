"""Fill data/places.yaml with what CSV files give: `python tools/fill_places.py FILE...`.

A file has the ids of places under `id`, and any of the columns lat, lon, wikidata, geonames, iso3166_2, jis,
gbt2260 and reading. What is empty is left as it is, and so is a place whose `confidence` is low. Order and
style of the file are those of format_data.py.
"""

import csv
import sys
from pathlib import Path
from typing import Any

from format_data import DATA, comments, formatted

from sisterline.model import Identifiers
from sisterline.reading.schema import fields_of
from sisterline.reading.yaml_text import read


def fill(place: dict[str, Any], row: dict[str, str]) -> None:
    """Put the values of one row into a place."""
    if row.get("lat") and row.get("lon"):
        place["location"] = [row["lat"], row["lon"]]
    if row.get("reading"):
        place["reading"] = row["reading"]
    known = place.get("identifiers", {})
    given = {scheme: row.get(scheme.replace("-", "_")) for scheme in fields_of(Identifiers)}
    found = {scheme: value or known.get(scheme) for scheme, value in given.items()}
    if identifiers := {scheme: value for scheme, value in found.items() if value}:
        place["identifiers"] = identifiers


def main(files: list[str]) -> int:
    """Fill the places of all rows; report ids that are no places, and places without a location."""
    path = DATA / "places.yaml"
    document, problems = read(path)
    if document is None or problems or not isinstance(document.value, dict):
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    places: dict[str, Any] = document.value["places"]
    for file in files:
        with Path(file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["id"] not in places:
                    print(f"{file}: no place has the id {row['id']}", file=sys.stderr)
                elif row.get("confidence") != "low":
                    fill(places[row["id"]], row)
    path.write_text(comments(path.read_text("utf-8")) + formatted(document.value), "utf-8")
    for name, place in places.items():
        if "location" not in place:
            print(f"{name} has no location", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
