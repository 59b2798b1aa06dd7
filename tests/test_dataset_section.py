"""The section `dataset`: title, description, licence and version of a data set."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

import sisterline
from calls import REPORTS
from helpers import SMALL, call, small
from sisterline.model import Dataset, DatasetInfo
from sisterline.reading.dataset import load_dataset, read_dataset
from sisterline.reading.files import bundled_folder
from sisterline.store.cache import load_cached

ABOUT = "dataset: {title: 'Ties; a, b', version: 2026.1, license: MIT}\n"


@pytest.fixture
def described_small(tmp_path: Path) -> Path:
    """The small data set with a section that describes it."""
    shutil.copytree(SMALL, tmp_path / "small")
    (tmp_path / "small" / "about.yaml").write_text(ABOUT, "utf-8")
    return tmp_path / "small"


PLACES = "places:\n  nowhere-town: {name: Nowhere, country: JP, level: city}\n"


def written(folder: Path, **files: str) -> list[Path]:
    """Data files of these names and contents."""
    paths = [folder / f"{name}.yaml" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


def described(title: str, version: str = "1") -> str:
    """A section as text."""
    return f"dataset: {{title: {title}, version: {version}}}\n"


def test_the_bundled_data_is_described_in_three_languages_with_licence_and_version(bundled: Dataset) -> None:
    info = bundled.info
    assert info is not None
    assert isinstance(info.title, dict)
    assert isinstance(info.description, dict)
    assert info.title.keys() == info.description.keys() == {"en", "zh", "ja"}
    assert info.license == "CC-BY-4.0"


def test_the_version_of_the_bundled_data_is_a_date_and_the_one_that_the_program_prints(
    bundled: Dataset,
) -> None:
    assert bundled.info is not None
    version = bundled.info.version
    assert version == sisterline.DATA_VERSION
    assert datetime.strptime(version, "%Y.%m.%d").strftime("%Y.%m.%d") == version


def test_a_section_may_be_in_any_file_and_its_texts_in_any_language(tmp_path: Path) -> None:
    text = f"{PLACES}dataset:\n  title: {{de: Städte, en: Towns}}\n  version: 012\n"
    paths = written(tmp_path, a=PLACES.replace("nowhere", "minami"), b=text)
    assert load_dataset(paths).info == DatasetInfo(title={"de": "Städte", "en": "Towns"}, version="012")


def test_data_without_a_section_has_no_description(tmp_path: Path) -> None:
    assert load_dataset(written(tmp_path, a=PLACES)).info is None


def test_a_file_may_hold_the_section_alone(tmp_path: Path) -> None:
    assert load_dataset(written(tmp_path, a=described("Towns"))).info == DatasetInfo(
        title="Towns", version="1"
    )


def test_two_sections_that_differ_are_an_error_that_names_both_places(tmp_path: Path) -> None:
    first, second = written(tmp_path, a=described("Towns"), b=PLACES + described("Towns", "2"))
    problems = [str(problem) for problem in read_dataset([first, second]).problems]
    message = f"the data set is already described, and differently, at {first}:1:1"
    assert problems == [f"{second}:3:1: {message}; keep one of the two"]


def test_two_equal_sections_are_no_error(tmp_path: Path) -> None:
    paths = written(tmp_path, a=described("Towns"), b=described("Towns"))
    assert load_dataset(paths).info == DatasetInfo(title="Towns", version="1")


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("dataset: {version: 1}", '1:10: "title" is missing; add title: Partnerships of Beihai'),
        ("dataset: {title: A, licence: MIT}", '1:21: unknown key "licence"; did you mean license?'),
        ("dataset: {title: A, version: [1]}", '1:30: "version" should be text, not a list; write 2026.11.25'),
        ("dataset: [A]", "1:10: a mapping is expected here, not a list; write title with their values"),
        ("dataset:", '1:1: "dataset" has no value; give it one or remove the key'),
        ("datset: {title: A}", '1:1: unknown key "datset"; did you mean dataset?'),
    ],
)
def test_a_section_that_is_not_valid_is_reported(tmp_path: Path, section: str, message: str) -> None:
    (path,) = written(tmp_path, a=f"{section}\n{PLACES}")
    problems = [str(problem) for problem in read_dataset([path]).problems]
    assert problems == [f"{path}:{message}"]


# --- own data laid over the bundled data ----------------------------------------------------------


def test_own_data_without_a_section_marks_the_version_and_limits_the_licence(
    tmp_path: Path, bundled: Dataset
) -> None:
    info = load_dataset([bundled_folder(), *written(tmp_path, a=PLACES)]).info
    assert info is not None
    assert bundled.info is not None
    assert info.title == bundled.info.title
    assert info.version == f"{sisterline.DATA_VERSION}+own"
    assert info.license == "CC-BY-4.0 for the bundled data"


def test_a_section_of_own_data_describes_the_whole(tmp_path: Path) -> None:
    paths = written(tmp_path, a=PLACES + described("Our ties"))
    assert load_dataset([bundled_folder(), *paths]).info == DatasetInfo(title="Our ties", version="1")


def test_a_copy_of_the_bundled_data_read_alone_keeps_its_version(bundled: Dataset) -> None:
    assert load_dataset(sorted(bundled_folder().glob("*.yaml"))).info == bundled.info


def test_the_cache_keeps_the_description(tmp_path: Path) -> None:
    paths = written(tmp_path, a=PLACES + described("Towns"))
    expected = DatasetInfo(title="Towns", version="1")
    assert [load_cached(paths).info for _ in range(2)] == [expected, expected]


def test_no_output_replaces_a_file_with_the_section_alone(tmp_path: Path) -> None:
    path = tmp_path / "about.txt"
    path.write_text(described("Towns"), "utf-8")
    result = call("list", "-o", path, "-f", "table")
    assert result.status == 1
    assert "it holds data in YAML" in result.err


def test_check_accepts_a_file_with_the_section_alone(tmp_path: Path) -> None:
    (path,) = written(tmp_path, a=described("Towns"))
    assert call("check", path).status == 0


# --- outputs carry it -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_in_json_names_the_data_set(name: str, described_small: Path) -> None:
    words = REPORTS[name]
    paths = (described_small,) if name == "check" else ("--no-builtin", "--data", described_small)
    report = json.loads(call(*words, *paths, "-f", "json", "--today", "2026-11-21").out)
    assert report["data"] == {"title": "Ties; a, b", "version": "2026.1", "license": "MIT"}


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_in_markdown_ends_with_the_data_set(name: str, described_small: Path) -> None:
    words = REPORTS[name]
    paths = (described_small,) if name == "check" else ("--no-builtin", "--data", described_small)
    lines = call(*words, *paths, "-f", "markdown", "--today", "2026-11-21").lines
    assert lines[-1] == "Data: Ties; a, b, version 2026.1 (MIT)"


def test_a_calendar_names_the_data_set(described_small: Path) -> None:
    text = call("anniversaries", "--no-builtin", "--data", described_small, "-f", "ics").out
    assert (
        r"DESCRIPTION:Ties\; a\, b\, version 2026.1 (MIT)" in text.partition("BEGIN:VEVENT")[0].splitlines()
    )


def test_a_workbook_names_the_data_set_in_its_properties(described_small: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "x.xlsx"
    assert call("list", "--no-builtin", "--data", described_small, "-o", path).status == 0
    assert load_workbook(path).properties.description == "Ties; a, b, version 2026.1 (MIT)"


def test_a_report_in_another_language_has_the_title_in_it() -> None:
    report = json.loads(call("list", "--limit", "1", "--lang", "ja", "-f", "json").out)
    assert report["data"]["title"] == "Sisterline 日中友好都市データセット"


def test_data_without_a_section_is_null_in_json_and_nothing_in_markdown() -> None:
    assert json.loads(small("list", "-f", "json").out)["data"] is None
    assert "Data:" not in small("list", "-f", "markdown").out
