"""Fixtures, and the option that rewrites the golden files."""

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

import sisterline
from helpers import SMALL
from sisterline.model import Dataset
from sisterline.reading.dataset import load_dataset
from sisterline.reading.files import bundled_folder as folder_of_bundled_data

LOCALE = Path(sisterline.__file__).with_name("locale")

# A slow machine is no bug: what takes how long is bench/'s matter.
settings.register_profile("sisterline", deadline=None, max_examples=40)
# A change is judged by the same examples each time; the hunt for new ones goes on at every desk.
settings.register_profile("ci", parent=settings.get_profile("sisterline"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "sisterline")

# A shell starts a job in the background with Ctrl-C ignored, and all children inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from what the program prints now"
    )


def pytest_sessionstart() -> None:
    """Stop where the catalogues are not compiled: tests in Chinese or Japanese would all fail."""
    for catalogue in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            raise pytest.UsageError(
                f"{catalogue} is not compiled, or was changed since: run `make compile-translations`"
            )


def pytest_collection_finish() -> None:
    """Leave what lives as long as the session, thousands of tests among it, out of garbage collection.

    Each full collection would go through all of it again; that took a tenth of the time of a run.
    """
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the option that repeats the order of the tests, which pytest -q leaves out."""
    if (seed := config.getoption("randomly_seed", None)) is not None:
        terminalreporter.write_line(f"in an order of chance; the same again: --randomly-seed={seed}")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all calls of a session: the bundled data is read from YAML once or twice."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _calm_environment(monkeypatch: pytest.MonkeyPatch, cache_folder: Path) -> None:
    """The developer's own terminal, cache and data must not show in what is tested."""
    for name in (
        "LC_ALL",
        "LC_MESSAGES",
        "COLUMNS",
        "LINES",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "TTY_COMPATIBLE",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("SISTERLINE")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(cache_folder))
    monkeypatch.setenv("SISTERLINE_CONFIG", os.devnull)
    monkeypatch.setenv("SISTERLINE_PAGER", "cat")
    monkeypatch.setenv("LANG", "C.UTF-8")  # English
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the test runs in, so that paths in messages are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    """The data set that comes with the program. It grows: tests hold on to well-known facts only."""
    return load_dataset([folder_of_bundled_data()])


@pytest.fixture(scope="session")
def world() -> Dataset:
    """The small data set of tests/small: nine partnerships in three countries, every feature once."""
    return load_dataset([SMALL])
