"""Environments of the programs that are measured, each its own, under the build folder."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from bench import BUILD, ROOT

# What a person would use instead, and the plain libraries without the program.
PEERS = {
    "sqlite-utils": ["sqlite-utils>=3.37"],
    "todoman": ["todoman>=4.4"],
    "visidata": ["visidata>=3"],
}
LIBRARIES = ("typer", "rich", "pyyaml")


class MissingError(Exception):
    """An environment could not be made."""


def _call(*command: str | Path) -> str:
    """Run an installer: with the person's settings, but let it compile what it installs."""
    env = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, env=env, timeout=300
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
        raise MissingError(f"{Path(command[0]).name}: {(lines or ['failed'])[-1]}")
    return done.stdout


_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PIP_NO_COMPILE", "PYTHONPATH", "PYTHONUNBUFFERED", "VIRTUAL_ENV")


def _made(name: str) -> Path:
    """The bin folder of an environment with nothing but pip in it."""
    folder = BUILD / "env" / name
    if not (folder / "bin" / "python").is_file():
        venv.create(folder, with_pip=True)
    return folder / "bin"


def program() -> Path:
    """The bin folder of an environment with this checkout's program, installed from a wheel.

    Raises:
        MissingError: the wheel could not be built or installed.
    """
    wheels = BUILD / "wheel"
    for old in wheels.glob("*.whl"):
        old.unlink()
    _call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", wheels, ROOT)
    wheel = next(wheels.glob("sisterline-*.whl"))
    bin_ = _made("sisterline")
    _call(bin_ / "python", "-m", "pip", "install", "--quiet", "--upgrade", wheel)
    # The version is the same after each edit: pip would leave the old one there.
    _call(bin_ / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    return bin_


def plain(like: Path) -> Path:
    """The bin folder of an environment with the libraries alone, of the versions of another environment.

    Raises:
        MissingError: they could not be installed.
    """
    found = versions(like)
    bin_ = _made("plain")
    wanted = [f"{name}=={found[name]}" for name in LIBRARIES]
    _call(bin_ / "python", "-m", "pip", "install", "--quiet", *wanted)
    return bin_


def peer(name: str) -> Path:
    """The bin folder of an environment with a peer.

    Raises:
        MissingError: it could not be installed, for want of a network for example.
    """
    bin_ = _made(name)
    if not (bin_.parent / "installed").is_file():
        _call(bin_ / "python", "-m", "pip", "install", "--quiet", *PEERS[name])
        (bin_.parent / "installed").touch()
    return bin_


def versions(bin_: Path) -> dict[str, str]:
    """What is installed in an environment, by name in lower case."""
    listed = _call(bin_ / "python", "-m", "pip", "list", "--format", "json", "--disable-pip-version-check")
    return {each["name"].lower(): each["version"] for each in json.loads(listed)}
