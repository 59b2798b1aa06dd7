"""Write data/CHANGELOG.md: `make data-changelog`, or `make data-changelog SINCE=REVISION`.

The section of the present version is what `sisterline diff` finds between the data of an earlier revision
and that of this checkout; sections of earlier versions stay as they are. The earlier revision is the last
release, or the first commit of the data where there is none. Sentences that were replaced or removed are not
repeated: they may name persons whom the data no longer names.
"""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from sisterline import DATA_VERSION
from sisterline.formats import markdown
from sisterline.reading.dataset import load_dataset
from sisterline.reports.diff import DiffReport, FieldChange, PartChange, diff_report

ROOT = Path(__file__).parents[1]
LOG = ROOT / "data" / "CHANGELOG.md"
HEAD = """\
# Changelog of the data

What changed in the data set from version to version, record by record: `+` was added, `-` was removed, `~`
was changed. Sentences that were replaced or removed are not repeated, and texts are listed in English only:
translations that were added or changed are not. `make data-changelog` writes this file
([contributing.md](../docs/contributing.md#release-the-data)); do not edit it by hand.
"""
GONE = "…"
OTHER_LANGUAGES = ("zh", "ja")
SENTENCES = ("title", "notes", "what", "basis", "counts", "description")


def git(*words: str) -> str:
    """What git prints; empty where it fails."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


def earlier_revision() -> str:
    """The tag of the last release, or the first commit of the data."""
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*").strip()
    if tag:
        return tag
    commits = git("log", "--format=%h", "--reverse", "--", "data/partnerships.yaml").split()
    return commits[0] if commits else ""


def extract(revision: str, folder: Path) -> None:
    """Write the data files of a revision into a folder."""
    for name in git("ls-tree", "--name-only", revision, "data/").split():
        if name.endswith(".yaml"):
            (folder / Path(name).name).write_text(git("show", f"{revision}:{name}"), "utf-8")


def without_translations(report: DiffReport) -> DiffReport:
    """The same without what differs only in other languages than English."""
    records = []
    for record in report.records:
        fields = in_english(record.fields)
        parts = [replace(part, fields=in_english(part.fields)) for part in record.parts]
        parts = [part for part in parts if part.fields or part.change != "changed"]
        if fields or parts or record.change != "changed":
            records.append(replace(record, fields=fields, parts=tuple(parts)))
    return replace(report, records=tuple(records))


def in_english(fields: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """Fields without texts in other languages; a text that became one by language stayed the same."""
    by_name = {field.field: field for field in fields}
    kept = []
    for field in fields:
        name, _, tag = field.field.rpartition(".")
        plain = by_name.get(name if tag == "en" else field.field)
        english = by_name.get(f"{name}.en" if tag == "en" else f"{field.field}.en")
        same = plain is not None and english is not None and plain.old == english.new
        if not same and tag not in OTHER_LANGUAGES:
            kept.append(field)
    return tuple(kept)


def without_old_sentences(report: DiffReport) -> DiffReport:
    """The same with `GONE` in the place of each sentence that was replaced or removed."""
    records = [
        replace(
            record,
            fields=tuple(map(shortened, record.fields)),
            parts=tuple(map(shortened_part, record.parts)),
        )
        for record in report.records
    ]
    return replace(report, records=tuple(records))


def shortened_part(part: PartChange) -> PartChange:
    """An event, an exchange or a dispute without its old sentences."""
    fields = tuple(map(shortened, part.fields))
    if part.change == "removed":
        return replace(part, title=GONE, fields=fields)
    return replace(part, fields=fields)


def shortened(field: FieldChange) -> FieldChange:
    """A field without its old sentence."""
    if field.old is not None and field.field.partition(".")[0] in SENTENCES:
        return replace(field, old=GONE)
    return field


def section(revision: str) -> str:
    """The section of the present version, with headings one level lower than in a document of its own."""
    with TemporaryDirectory() as folder:
        extract(revision, Path(folder))
        report = diff_report(load_dataset([Path(folder)]), load_dataset([LOG.parent]), date.today())
    _, _, text = markdown.text(without_old_sentences(without_translations(report))).partition("\n")
    text = re.sub(r"^## ", "### ", text, flags=re.MULTILINE)
    text = re.sub(r"\nData: .*\n\Z", "", text)
    return f"## {DATA_VERSION}\n\nCompared with the data of `{revision}`.\n{text.rstrip()}\n"


def log(old: str, new: str) -> str:
    """The whole log: the new section before those of other versions.

    Args:
        old: the log as it was; empty where there is none.
        new: the section of the present version.
    """
    heading = new.partition("\n")[0]
    sections = re.findall(r"^## .*?(?=^## |\Z)", old, re.MULTILINE | re.DOTALL)
    kept = [each.rstrip() + "\n" for each in sections if each.partition("\n")[0] != heading]
    return "\n".join([HEAD, new, *kept])


def main(arguments: list[str]) -> int:
    """Write the log; with a revision compare with that one."""
    revision = arguments[0] if arguments else earlier_revision()
    if not git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"):
        print(
            f"data-changelog: there is no revision {revision or 'with data'} in this history", file=sys.stderr
        )
        return 1
    old = LOG.read_text("utf-8") if LOG.exists() else ""
    LOG.write_text(log(old, section(revision)), "utf-8")
    print(f"{LOG.relative_to(ROOT)}: version {DATA_VERSION} compared with {revision}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
