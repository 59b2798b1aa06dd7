"""Every command in every format for people, in Chinese and Japanese: nothing of the program stays in English.

The data is shown without its Latin letters, so that each Latin word that is left is the program's own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields, replace

from calls import REPORTS, SHAPES, Words, in_every_format
from helpers import ON_SMALL, SMALL, TESTS, call
from sisterline.cli.app import COMMANDS
from sisterline.cli.help import TOPICS
from sisterline.formats import FORMATS
from sisterline.formats.html.words import page_words
from sisterline.model import Dataset
from sisterline.translation import speaking

# The texts of records. Ids, codes and addresses are what they are in any language.
TEXTS = {
    "name", "title", "aliases", "notes", "publisher", "basis", "what", "counts", "by", "license",
    "value",
}  # fmt: skip
# Names of other data sets and standards, of formats and of signs; units of measure.
NAMES = {
    "Wikidata",
    "GeoNames",
    "ISO",
    "JIS",
    "GB",
    "URL",
    "ID",
    "HTTP",
    "km",
    "csv",
    "tsv",
    "json",
    "markdown",
    "xlsx",
}
LATIN = re.compile(r"[A-Za-z][A-Za-z']+")
# What is typed or followed: addresses, options, calls of the program, files, codes in brackets.
TYPED = re.compile(
    r"https?://\S+|(?<!\w)--?[a-z][\w-]*(?: (?:full|markdown|json|region|level))?|sisterline(?: [a-z]+)*"
    r"|\S+\.(?:yaml|toml|xlsx)\b"
)


def _without_latin(value: Any) -> Any:
    """A value of the data with a character of Chinese for each run of Latin letters in its texts."""
    if isinstance(value, str):
        return re.sub(r"[A-Za-z]+", "某", value)
    if isinstance(value, dict):
        return {tag: _without_latin(text) for tag, text in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_without_latin, value))
    return value


def _record(record: Any) -> Any:
    """A record, or what it holds, with all its texts so."""
    if isinstance(record, tuple):
        return tuple(map(_record, record))
    if not isinstance(record, Struct):
        return record
    changed = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in TEXTS:
            changed[field.name] = _without_latin(value)
        elif isinstance(value, tuple | Struct):
            changed[field.name] = _record(value)
    return replace(record, **changed)


def _foreign(dataset: Dataset) -> Dataset:
    """A data set without Latin letters in its texts; its places are found by the names that they had."""
    return Dataset(
        countries={code: _record(country) for code, country in dataset.countries.items()},
        places={name: _record(place) for name, place in dataset.places.items()},
        sources={name: _record(source) for name, source in dataset.sources.items()},
        partnerships=tuple(map(_record, dataset.partnerships)),
        totals=tuple(map(_record, dataset.totals)),
        info=_record(dataset.info),
        stored_index=dataset.index,
    )


def _ids(dataset: Dataset) -> set[str]:
    partnerships = {partnership.id for partnership in dataset.partnerships}
    countries = {place.country for place in dataset.places.values()}
    return {*countries, *dataset.places, *dataset.sources, *partnerships}


def _left(text: str, known: set[str]) -> set[str]:
    """The Latin words of a text that are neither names, nor typed, nor ids."""
    text = TYPED.sub(" ", text.replace("\\", ""))
    text = re.sub(r"\b[A-Z]{2}-[A-Z0-9]{1,3}\b", " ", text)  # ISO 3166-2
    text = re.sub(r"[A-Za-z0-9-]+", lambda match: " " if match[0] in known else match[0], text)
    return {word for word in LATIN.findall(text) if word not in NAMES}


def _calls(words: Words) -> Iterator[Words]:
    """A call in every format that people read in one language; a page holds its words in each of three."""
    for each in in_every_format(words):
        if not FORMATS[each[-1]].for_programs and each[-1] != "html":
            yield each


def _written(words: Words, language: str, folder: Path) -> str:
    """What a call writes to both streams, or into a file."""
    if "xlsx" in words:
        path = folder / "out.xlsx"
        result = call(*words, "--lang", language, "-o", path, "--force")
        return _workbook(path) + result.err
    result = call(*words, "--lang", language)
    if "ics" in words:
        return _calendar(result.out) + result.err
    return result.out + result.err


def _workbook(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    return "\n".join([*book.sheetnames, *(cell for cell in cells if isinstance(cell, str))])


def _calendar(text: str) -> str:
    shown = re.compile(r"(?:X-WR-CALNAME|SUMMARY|DESCRIPTION|CATEGORIES)(?:;[^:]*)?:(.*)")
    lines = text.replace("\r\n ", "").splitlines()
    return "\n".join(match[1] for line in lines if (match := shown.fullmatch(line)))


CALLS = {
    " ".join(each): each
    for words in (*REPORTS.values(), *(words for _, words in SHAPES.values()))
    for each in _calls(words)
    if words[0] != "check"
}
CALLS |= {
    "stats by level and kind": ("stats", "--by", "level", "--by", "kind"),
    "stats by country": ("stats", "--by", "country"),
    "stats by region of a country": ("stats", "--by", "region", "--country", "CN"),
    "exchanges by direction": ("exchanges", "--by", "direction"),
    "exchanges by place": ("exchanges", "--by", "place"),
    "exchanges by decade": ("exchanges", "--by", "decade"),
    "anniversaries of a year": ("anniversaries", "--year", "2031", "--every", "1", "-f", "ics"),
    "timeline by year": ("timeline", "--group", "year", "--reverse"),
    "sources of one": ("sources", "gazette"),
    "one": ("list", "--limit", "1"),
    "nothing": ("list", "--founded", "1800"),
}


@pytest.fixture(scope="module")
def foreign_world(world: Dataset) -> Dataset:
    return _foreign(world)


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize("name", CALLS)
def test_the_small_data_set_is_shown_without_an_english_word(
    name: str, language: str, foreign_world: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisterline.cli.commands.load_cached", lambda *_: foreign_world)
    text = _written((*CALLS[name][:1], *ON_SMALL, *CALLS[name][1:]), language, tmp_path)
    assert re.search("[\u3040-\u9fff]", text)
    assert _left(text, _ids(foreign_world)) == set()


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_the_words_of_a_page_are_translated(language: str) -> None:
    known = {"JavaScript", "Natural", "Earth", "CC", "BY"}
    with speaking(language):
        words = page_words()
    placeholder = re.compile(r"\{\w+\}")
    left = {key: _left(placeholder.sub(" ", word), known) - known for key, word in words.items()}
    assert {key: found for key, found in left.items() if found} == {}


@pytest.fixture(scope="module")
def foreign_bundled(bundled: Dataset) -> Dataset:
    return _foreign(bundled)


ON_BUNDLED: dict[str, Words] = {
    name: (*words, "--today", "2026-11-21")
    for name, words in {
        "list": ("list",),
        "list as markdown": ("list", "-f", "markdown"),
        "list as a workbook": ("list", "-f", "xlsx"),
        "timeline of a decade": ("timeline", "--founded", "1970s"),
        "timeline of a decade as a calendar": ("timeline", "--founded", "1990s", "-f", "ics"),
        "chart": ("timeline", "--chart"),
        "pair": ("show", "beihai-yatsushiro"),
        "place": ("show", "dalian", "-f", "markdown"),
        "prefecture": ("show", "yanbian-pref", "--brief"),
        "stats": ("stats",),
        "stats as a workbook": ("stats", "-f", "xlsx"),
        "anniversaries": ("anniversaries", "--within", "3y"),
        "exchanges": ("exchanges", "--records"),
        "exchanges by direction": ("exchanges", "--by", "direction"),
        "sources": ("sources",),
    }.items()
}


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize("name", ON_BUNDLED)
def test_the_bundled_data_set_is_shown_without_an_english_word(
    name: str, language: str, foreign_bundled: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisterline.cli.commands.load_cached", lambda *_: foreign_bundled)
    text = _written(ON_BUNDLED[name], language, tmp_path)
    assert len(text) > 300
    assert _left(text, _ids(foreign_bundled)) == set()


# --- help, notes and errors -----------------------------------------------------------------------

# Three English words in a row are a sentence of ours; codes and options are single words.
ENGLISH = re.compile(r"\b[A-Za-z]+ [a-z]{2,} [a-z]+\b")
EXAMPLE = re.compile(r"^ *(?:用法：|使い方：)?sisterline .*$|`[^`]*`|[A-Z]{2,}\b|\"[^\"]*\"", re.MULTILINE)
# Terms of the topic about dates: they are typed so in every language.
TERMS = re.compile(
    r"today, last year, next week|10 years ago, in 2 years|5 March 1996|this month, last decade"
)
ERRORS: tuple[Words, ...] = (
    ("list", "--foo"),
    ("list", "--city"),
    ("list", "--kind", "nothing"),
    ("list", "--founded", "soon"),
    ("list", "--from", "2020", "--to", "2010"),
    ("list", "--city", "Linhia"),
    ("list", "--region", "nowhere"),
    ("list", "--country", "nowhere"),
    ("list", "--founded", "1800"),
    ("list", "--city", "Omori", "--founded", "1800"),
    ("list", "--limit", "x"),
    ("list", "--today", "soon"),
    ("list", "--columns", "nope"),
    ("list", "--sort", "nope"),
    ("list", "-f", "ics"),
    ("list", "-o", "x.nope"),
    ("list", "-f", "sqlite"),
    ("list", "--no-builtin"),
    ("timeline", "--every", "-1"),
    ("anniversaries", "--within", "soon"),
    ("anniversaries", "--year", "2031", "--within", "1y"),
    ("stats", "--by", "kind", "--by", "level", "--by", "decade"),
    ("show",),
    ("show", "nowhere"),
    ("frobnicate",),
    ("help", "nothing"),
    ("schema", "nothing"),
    ("import", "no-such-file.csv"),
    ("init", str(SMALL)),
    ("diff", "no-such-file.yaml"),
)


def _english(text: str) -> list[str]:
    return ENGLISH.findall(TERMS.sub(" ", EXAMPLE.sub(" ", TYPED.sub(" ", text))))


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "ja_JP.UTF-8"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_the_language_of_the_locale(
    command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", language)
    result = call(*filter(None, (command, "--help")))
    assert (result.status, result.err) == (0, "")
    assert re.search("[\u3040-\u9fff]", result.out)
    assert _english(result.out) == []


@pytest.mark.parametrize("language", ["zh", "ja"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_in_the_language_that_is_asked_for(topic: str, language: str) -> None:
    result = call("help", topic, "--lang", language)
    assert re.search("[\u3040-\u9fff]", result.out)
    assert _english(result.out) == []


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "ja_JP.UTF-8"])
@pytest.mark.parametrize("words", ERRORS, ids=" ".join)
def test_a_note_or_an_error_is_in_the_language_of_the_locale(
    words: Words, language: str, world: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", language)
    monkeypatch.setattr("sisterline.cli.commands.load_cached", lambda *_: world)
    result = call(*words)
    assert re.search("[\u3040-\u9fff]", result.err), result.err
    assert _english(result.err) == []


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_a_problem_of_a_file_is_in_the_language_that_is_asked_for(language: str) -> None:
    files = sorted((TESTS / "bad").glob("*.yaml"))
    messages = [
        line
        for file in files
        for line in call("check", file, "--lang", language).lines
        if not line.startswith("  ")
    ]
    assert len(messages) > len(files)
    assert [line for line in messages if not re.search("[\u3040-\u9fff]", line)] == []


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_a_starter_file_in_another_language_is_good(language: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    assert call("init", path, "--lang", language).status == 0
    assert re.search("[\u3040-\u9fff]", path.read_text("utf-8").splitlines()[0])
    assert call("check", path, "--strict").status == 0
    extension = path.read_text("utf-8").partition("# - extends")[2]
    assert "beihai-yatsushiro" in extension


@pytest.mark.parametrize(
    "option", [("--kind", "友好都市"), ("--kind", "友好城市"), ("--kind", "friendship city")]
)
def test_an_option_takes_the_words_of_every_language(option: Words) -> None:
    assert call("list", *option, *ON_SMALL) == call("list", "--kind", "friendship-city", *ON_SMALL)


def test_words_of_other_vocabularies_are_taken_as_well() -> None:
    same = {
        ("timeline", "--type", "代表团"): ("timeline", "--type", "delegation"),
        ("exchanges", "--category", "学生・生徒"): ("exchanges", "--category", "students"),
        ("list", "--level", "町"): ("list", "--level", "town"),
        ("list", "--status", "暂停交往"): ("list", "--status", "suspended"),
        ("stats", "--by", "年代"): ("stats", "--by", "decade"),
    }
    for translated, coded in same.items():
        assert call(*translated, *ON_SMALL) == call(*coded, *ON_SMALL)
