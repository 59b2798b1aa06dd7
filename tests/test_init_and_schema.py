"""`init` and `schema`: the starter file, the JSON Schema of data files for editors, and those of the reports.

tests/proofs/editor.sh proves the same schema with the YAML language server that editors run.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator, ValidationError

from data_strategies import datasets, entries, file_of
from helpers import SMALL, TESTS, call
from sisterline import model, vocabulary
from sisterline.model import Dataset
from sisterline.reading.files import bundled_folder
from sisterline.reading.jsonschema import data_schema
from sisterline.reading.schema import fields_of

ROOT = TESTS.parent
BAD = TESTS / "bad"
EXAMPLES = ROOT / "docs" / "examples"

# What JSON Schema cannot say, or does not, and only `check` tells.
ONLY_CHECK = {
    "bad-local-government-code": "a leading zero, gone once an editor reads a number",
    "local-government-check-digit": "a digit depends on others",
    "line-separator": "a style of YAML, gone once it is read",
    "anchor-and-alias": "a style of YAML, gone once it is read",
    "count-too-large": "a bound of the reader",
    "date-day": "the days of each month",
    "disputed-date": "the type of a value depends on another one",
    "duplicate-id": "ids are unique across records and files",
    "duplicate-key": "gone once it is read; editors tell it by themselves",
    "exchange-id-taken": "ids across records",
    "exchange-mutual-and-directed": "one key excludes another",
    "exchange-part-of-itself": "ids across records",
    "exchange-part-of-mistyped": "ids across records",
    "exchange-part-of-unknown": "ids across records",
    "total-region-unknown": "ids across records",
    "exchange-to-where-it-came-from": "two values differ",
    "exchange-with-a-third-place": "ids across records",
    "exchange-without-direction": "one key asks for another",
    "extends-nothing": "ids across files",
    "interval-open-at-both-ends": "the two ends of an interval",
    "interval-upside-down": "the order of two dates",
    "mistyped-id": "ids across records",
    "own-partner": "two values differ",
    "unknown-id": "ids across records",
    "utf-16": "an encoding that the reader of this test takes",
    "within-itself": "ids across records",
}


# --- YAML as editors read it ----------------------------------------------------------------------


@cache
def _loader() -> Any:
    """PyYAML with the core schema of YAML 1.2.2 (10.3): no timestamps, no `yes`, no octal by a zero."""
    import yaml

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own way

    tag = "tag:yaml.org,2002:"
    for name, pattern, first in (
        ("null", r"~|null|Null|NULL|", "~nN"),
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ):
        Loader.add_implicit_resolver(tag + name, re.compile(f"(?:{pattern})\\Z"), [*first, ""])
    Loader.add_constructor(tag + "int", lambda _, node: int(node.value))
    return Loader


def _read(text: bytes | str) -> Any:
    import yaml

    value = yaml.load(text, _loader())
    # Keys that are numbers or null are names in JSON.
    return json.loads(json.dumps(value))


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(call("schema").out))


def _errors(text: bytes | str) -> list[ValidationError]:
    return list(_validator().iter_errors(_read(text)))


def test_these_tests_read_yaml_as_editors_do() -> None:
    text = "[1996, 1996-03, 1996-03-05, no, NO, on, true, 012, 1:30, 1_000, ~, 1.5, '1', 1996~, 2007/2023]"
    assert _read(text) == [
        1996, "1996-03", "1996-03-05", "no", "NO", "on", True, 12, "1:30", "1_000", None, 1.5, "1", "1996~",
        "2007/2023",
    ]  # fmt: skip


# --- init -----------------------------------------------------------------------------------------


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh starter file in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    result = call("init", "my-pairs.yaml")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "created my-pairs.yaml; show it with: sisterline list --no-builtin --data my-pairs.yaml\n"
    )
    return tmp_path / "my-pairs.yaml"


def test_the_starter_file_passes_check(starter: Path) -> None:
    result = call("check", starter.name)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("No problems found: 1 partnership, ")


def test_the_starter_file_is_not_doubtful_either(starter: Path) -> None:
    # A newcomer who asks for warnings should not have to mend what the program has written.
    report = json.loads(call("check", starter.name, "--warnings", "-f", "json").out)
    assert report["warnings"] == []


def test_the_starter_file_fits_the_schema_and_its_own_editor_line(starter: Path) -> None:
    text = starter.read_text("utf-8")
    assert _errors(text) == []
    (schema,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
    assert f"sisterline schema -o {schema}" in text


def test_the_commands_in_the_starter_file_work(starter: Path) -> None:
    text = starter.read_text("utf-8")
    assert "THIS-FILE" not in text
    commands = re.findall(r"sisterline ((?:list|check) .*)$", text, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        result = call(*command.split())
        assert result.status == 0
        assert result.out


def test_what_the_starter_file_shows_as_a_comment_works_too(starter: Path) -> None:
    text = starter.read_text("utf-8")
    head, extension = text[: text.index("# - extends:")], text[text.index("# - extends:") :]
    starter.write_text(head + re.sub(r"^# ", "", extension, flags=re.MULTILINE), encoding="utf-8")
    result = call("check", "--with-builtin", starter)
    assert (result.status, result.err) == (0, "")


def test_a_file_that_exists_is_left_alone(starter: Path) -> None:
    starter.write_text("mine", encoding="utf-8")
    assert call("init", starter.name) == (
        1, "", "sisterline: my-pairs.yaml already exists; choose another name\n"
    )  # fmt: skip
    assert starter.read_text("utf-8") == "mine"


def test_a_link_to_nowhere_and_a_folder_are_left_alone_too(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("link.yaml", "folder.yaml"):
        result = call("init", tmp_path / name)
        assert (result.status, result.out) == (1, "")
        assert "already exists" in result.err
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize("name", ["no/folder/x.yaml", "file/x.yaml"])
def test_a_starter_file_that_cannot_be_written_fails_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = call("init", tmp_path / name)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"sisterline: cannot write {tmp_path / name}: ")
    assert result.err.count("\n") == 1


def test_a_full_disk_leaves_no_half_of_a_starter_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The kernel refuses to write beyond so many bytes, as it does on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        result = call("init", tmp_path / "x.yaml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"sisterline: cannot write {tmp_path / 'x.yaml'}: ")
    assert list(tmp_path.iterdir()) == []


# --- the schema of data files ---------------------------------------------------------------------


def test_the_schema_is_valid_json_schema_of_2020() -> None:
    schema = json.loads(call("schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert schema == data_schema()
    assert call("schema", "data").out == call("schema").out


def test_init_leaves_a_file_in_the_home_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = call("init", "~/mine.txt")
    assert (result.status, result.out) == (1, "")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert call("init", "~/new.yaml").status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "new.yaml"]


def test_the_schema_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    assert call("schema", "-o", tmp_path / "sisterline.json") == (0, "", "")
    assert (tmp_path / "sisterline.json").read_text("utf-8") == call("schema").out
    result = call("schema", "-o", tmp_path / "no" / "x.json")
    assert result.status == 1
    assert result.err.startswith(f"sisterline: cannot write {tmp_path}/no/x.json: ")
    result = call("schema", "timelin")
    assert (result.status, result.out) == (2, "")
    assert "did you mean timeline?" in result.err


@pytest.mark.parametrize(
    "file",
    [file for folder in (bundled_folder(), EXAMPLES, SMALL) for file in sorted(folder.glob("*.yaml"))],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)  # fmt: skip
def test_good_files_fit_the_schema(file: Path) -> None:
    assert [error.message for error in _errors(file.read_bytes())] == []


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_bad_file_fails_unless_only_check_reports_its_problems(file: Path) -> None:
    import yaml

    try:
        errors = _errors(file.read_bytes())
    except (yaml.YAMLError, TypeError):  # no YAML at all, or no keys that JSON can have
        assert file.stem not in ONLY_CHECK
        return
    # Should the schema learn to tell one of the list above, the list is to be shortened.
    assert bool(errors) == (file.stem not in ONLY_CHECK)


def test_the_list_of_check_only_problems_names_existing_files() -> None:
    assert set(ONLY_CHECK) - {file.stem for file in BAD.glob("*.yaml")} == set()


# Shrinking a whole data set takes minutes: a failure is told as it was found.
@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(datasets())
def test_all_that_the_reader_takes_fits_the_schema(data: Dataset) -> None:
    # An editor must not mark what `check` finds right.
    if records := entries(data):
        assert [error.message for error in _errors(file_of(records))] == []


@pytest.mark.parametrize(
    "line",
    [
        "disputed: [{field: since, value: 1996}]",
        "events: [{date: 1996, type: gift, title: 1996}]",
        "exchanges: [{mutual: true, what: x, category: goods, count: 012, unit: items, period: 2001}]",
        'exchanges: [{mutual: "true", what: x, category: goods, count: "12", unit: items, period: 2001}]',
        "notes: 2020",
    ],
)
def test_a_text_that_yaml_takes_for_a_number_fits_as_it_does_for_the_reader(
    tmp_path: Path, line: str
) -> None:
    text = f"partnerships:\n- id: linhai-kita\n  between: [linhai, kita]\n  {line}\n"
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert call("check", SMALL, path).status == 0
    assert [error.message for error in _errors(text)] == []


@pytest.mark.parametrize("file", sorted(bundled_folder().glob("*.yaml")), ids=lambda file: file.stem)
def test_the_bundled_files_name_their_schema_for_editors(file: Path) -> None:
    named = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text("utf-8"), re.MULTILINE)
    assert len(named) == 1
    assert (file.parent / named[0]).read_text("utf-8") == call("schema").out


@pytest.mark.parametrize("record", ["", "Beihai and Yatsushiro", "{}", "{id: a-b}"])
def test_a_record_that_is_just_begun_is_judged_as_a_partnership(record: str) -> None:
    # Else an editor offers `extends` alone for a new record, as tests/proofs/editor.sh shows.
    paths = [list(error.absolute_schema_path) for error in _errors(f"partnerships:\n- {record}\n")]
    assert paths
    assert all("else" in path for path in paths)


# --- what an editor shows -------------------------------------------------------------------------


def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = json.loads(call("schema").out)["$defs"]
    return definitions


RECORDS = (
    model.DatasetInfo, model.Era, model.Country, model.Place, model.Population, model.Identifiers,
    model.Source, model.Partnership, model.Extension, model.Event, model.Exchange, model.Dispute,
    model.NotFound, model.Total,
)  # fmt: skip


def test_every_record_and_field_of_the_model_is_described() -> None:
    definitions = _definitions()
    assert definitions.keys() == {record.__name__ for record in RECORDS}
    for record in RECORDS:
        definition = definitions[record.__name__]
        assert definition["description"]
        fields = dict(fields_of(record))
        if record in (model.Place, model.Source):
            del fields["id"]  # it is the key of the record
        assert definition["properties"].keys() == fields.keys()
        assert set(definition["required"]) == {key for key, field in fields.items() if field.required}
        assert definition["additionalProperties"] is False
        for key, field in fields.items():
            assert definition["properties"][key]["description"] == field.description != ""


@pytest.mark.parametrize(
    ("record", "field", "words"),
    [
        ("Place", "level", get_args(vocabulary.Level)),
        ("Partnership", "kind", get_args(vocabulary.Kind)),
        ("Partnership", "status", get_args(vocabulary.Status)),
        ("Event", "type", get_args(vocabulary.EventType)),
        ("Exchange", "category", get_args(vocabulary.Category)),
        ("Exchange", "unit", get_args(vocabulary.Unit)),
        ("Source", "type", get_args(vocabulary.SourceType)),
        ("Total", "unit", get_args(vocabulary.TotalUnit)),
        ("Dispute", "field", ("since", "kind", "status")),
    ],
)
def test_a_vocabulary_is_an_enum_that_an_editor_completes(
    record: str, field: str, words: tuple[str, ...]
) -> None:
    assert tuple(_definitions()[record]["properties"][field]["enum"]) == words


def _examples() -> Iterator[tuple[str, str, str]]:
    for record in RECORDS:
        for key, field in fields_of(record).items():
            if field.example and not (key == "id" and record in (model.Place, model.Source)):
                yield record.__name__, key, field.example


@pytest.mark.parametrize(("record", "field", "example"), list(_examples()))
def test_the_example_of_a_field_fits_its_schema(record: str, field: str, example: str) -> None:
    whole = json.loads(call("schema").out)
    schema = {**whole["$defs"][record]["properties"][field], "$defs": whole["$defs"]}
    assert list(Draft202012Validator(schema).iter_errors(_read(example))) == []
