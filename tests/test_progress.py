"""The bar that is shown while data is read for long, and taken away."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from helpers import SMALL
from sisterline.cli import progress
from sisterline.cli.progress import bar
from sisterline.reading.dataset import load_dataset

TIES = "places:\n  a: {name: A, country: CN, level: city}\n  b: {name: B, country: CN, level: city}\n"
TIES += "partnerships:\n" + "".join(f"- {{id: t{n}, between: [a, b]}}\n" for n in range(600))

# The program as it is, but that a bar is shown at once: what takes half a second here may not elsewhere.
AT_ONCE = (
    "import sys; from sisterline.cli import progress; from sisterline.cli.app import run\n"
    "progress.AFTER = 0\n"
    "sys.exit(run(sys.argv[1:]))"
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    path = tmp_path / "ties.yaml"
    path.write_text(TIES, "utf-8")
    return path


def _screen(ties: Path, cache: Path, width: int = 80, **environment: str) -> str:
    """All that a call writes to a terminal, its result and its messages in one."""
    process = pexpect.spawn(
        sys.executable,
        ["-c", AT_ONCE, "stats", "--no-builtin", "--data", str(ties)],
        env={**os.environ, "SISTERLINE_CACHE_DIR": str(cache), **environment},
        dimensions=(24, width),
        encoding="utf-8",
        timeout=60,
    )
    text = process.read()
    process.close()
    assert process.exitstatus == 0
    return str(text)


def test_a_bar_appears_on_a_terminal_and_is_gone_when_the_result_comes(ties: Path, tmp_path: Path) -> None:
    screen = _screen(ties, tmp_path / "cache")
    before, _, after = screen.rpartition("\r\x1b[K")
    assert before.startswith("\rreading data [")
    assert "%" in before
    assert "600" in after
    assert "reading data" not in after
    # From the cache nothing is read that would take long.
    assert "reading data" not in _screen(ties, tmp_path / "cache")


def test_a_bar_is_no_wider_than_a_narrow_terminal(ties: Path, tmp_path: Path) -> None:
    drawn = _screen(ties, tmp_path / "cache", 30).partition("\r\x1b[K")[0].split("\r")
    assert 18 <= max(len(line) for line in drawn) < 30


def test_a_dumb_terminal_shows_no_bar(ties: Path, tmp_path: Path) -> None:
    assert "reading data" not in _screen(ties, tmp_path / "cache", TERM="dumb")


def test_neither_pipe_nor_file_gets_a_bar(ties: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-c", AT_ONCE, "stats", "--no-builtin", "--data", str(ties)]
    environment = {**os.environ, "SISTERLINE_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(call, env=environment, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    assert b"reading data" not in done.stdout


def test_a_bar_waits_until_reading_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    terminal = Terminal()
    with bar(terminal) as draw:
        assert draw
        now = 0.49
        draw(10, 100)
        assert terminal.getvalue() == ""
        now = 0.51
        draw(50, 100)
        assert terminal.getvalue() == f"\rreading data [{'#' * 15}{'.' * 15}]  50%"
        draw(51, 100)  # too soon to draw again
        assert "51%" not in terminal.getvalue()
        now = 0.7
        draw(120, 100)  # a file grew
        assert terminal.getvalue().endswith("] 100%")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_bar_that_was_never_drawn_leaves_no_trace() -> None:
    terminal = Terminal()
    with bar(terminal) as draw:
        assert draw
        draw(1, 2)
    assert terminal.getvalue() == ""


def test_a_bar_is_taken_away_when_reading_fails() -> None:
    terminal = Terminal()

    def broken() -> None:
        with bar(terminal, after=0) as draw:
            assert draw
            draw(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_progress_is_reported_in_order_and_never_exceeds_the_total(ties: Path) -> None:
    reported: list[tuple[int, int]] = []
    load_dataset([SMALL, ties], lambda done, total: reported.append((done, total)))
    assert len(reported) >= 4
    assert {total for _, total in reported} == {sum(f.stat().st_size for f in (*SMALL.glob("*.yaml"), ties))}
    assert [done for done, _ in reported] == sorted(done for done, _ in reported)
    assert 0 < reported[0][0] < reported[-1][0] < reported[-1][1]


def test_progress_is_silent_for_half_a_second() -> None:
    assert progress.AFTER == 0.5
