"""A process is killed while it writes: the old file is whole, or the new one is, and the next call works."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ON_SMALL, small

pytest.importorskip("resource")

pytestmark = pytest.mark.slow

# Where it is killed: before the temporary file is there, after some bytes of it, before it takes the place
# of the old one, and right after that.
MOMENTS = {
    "before": "tempfile.mkstemp = die",
    "within": (
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (700, resource.RLIM_INFINITY))"
    ),
    "moving": "pathlib.Path.replace = die",
    "after": "moved = pathlib.Path.replace\npathlib.Path.replace = lambda *paths: die(moved(*paths))",
}
_CODE = """
import json, os, pathlib, resource, signal, sys, tempfile

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

{moment}
from sisterline.cli.app import run
run(json.loads(sys.argv[1]))
"""


def _killed(moment: str, *arguments: str, **environment: str) -> None:
    """Run a call that is killed at a moment."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE.format(moment=MOMENTS[moment]), json.dumps([*arguments, *ON_SMALL])],
        env=os.environ | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (-signal.SIGKILL, -signal.SIGXFSZ), done.stderr


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("suffix", ["txt", "json", "md", "sqlite"])
def test_a_process_that_is_killed_leaves_the_old_output_or_the_new_one(
    suffix: str, moment: str, tmp_path: Path
) -> None:
    wanted, path = tmp_path / f"wanted.{suffix}", tmp_path / f"pairs.{suffix}"
    assert small("list", "-o", wanted).status == 0
    assert small("list", "--limit", "1", "-o", path).status == 0
    old = path.read_bytes()
    _killed(moment, "list", "-o", str(path), SISTERLINE_NO_CACHE="1")
    assert path.read_bytes() == (wanted.read_bytes() if moment == "after" else old)
    assert small("list", "-o", path).status == 0
    assert path.read_bytes() == wanted.read_bytes()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_that_is_killed_leaves_a_cache_that_is_right(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = small("show", "sakae")
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path))
    _killed(moment, "list")
    assert len(list(tmp_path.glob("*.msgpack"))) == (moment == "after")
    for _ in range(2):
        assert small("show", "sakae") == expected
    assert len(list(tmp_path.glob("*.msgpack"))) == 1


def test_what_killed_processes_left_in_the_cache_is_cleaned_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SISTERLINE_CACHE_DIR", str(tmp_path))
    _killed("moving", "list")
    (left,) = tmp_path.iterdir()
    small("list")
    assert left.exists()  # it may be another process's that is still at work
    os.utime(left, (0, 0))
    entry = next(tmp_path.glob("*.msgpack"))
    entry.unlink()
    small("list")
    assert list(tmp_path.iterdir()) == [entry]
