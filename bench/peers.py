"""What is measured, installed under the build folder: Sisterline from a wheel, and other programs."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from bench import BUILD, ROOT

PEERS = {
    "sqlite-utils": "sqlite-utils>=3.37",
    "todoman": "todoman>=4.4",
    "visidata": "visidata>=3",
    "datasette": "datasette>=0.65",
}
NODE_PACKAGES = ("vis-timeline", "@knight-lab/timelinejs", "d3", "@observablehq/plot", "axe-core")
# The caller's settings that would leave bytecode uncompiled, or mix two environments.
_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PIP_NO_COMPILE", "PYTHONPATH", "VIRTUAL_ENV")


class MissingError(Exception):
    """A program could not be installed."""


def _call(*command: str | Path, cwd: Path = ROOT) -> str:
    env = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, check=False, cwd=cwd, env=env, text=True)
    except OSError as error:
        raise MissingError(f"{words[0]}: {error.strerror}") from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["failed"]
        raise MissingError(f"{Path(words[0]).name}: {lines[-1]}")
    return done.stdout


def _environment(name: str) -> Path:
    """The bin folder of a virtual environment, which is created where it does not exist."""
    folder = BUILD / "env" / name
    if not (folder / "bin" / "python").is_file():
        venv.create(folder, with_pip=True)
    return folder / "bin"


def sisterline() -> Path:
    """Build and install this checkout; returns the bin folder of its environment.

    Raises:
        MissingError: the wheel could not be built or installed.
    """
    wheels = BUILD / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    _call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
          "--wheel-dir", wheels, ROOT)  # fmt: skip
    folder = _environment("sisterline")
    install = (folder / "python", "-m", "pip", "install", "--quiet")
    _call(*install, "--no-deps", "--require-hashes", "--requirement", ROOT / "lock" / "run.txt")
    # The version does not change with each edit, so pip would keep the old wheel.
    _call(*install, "--no-deps", "--force-reinstall", *wheels.glob("*.whl"))
    return folder


def python_program(name: str) -> Path:
    """Install one of `PEERS`; returns the bin folder of its environment.

    Raises:
        MissingError: it could not be installed, without a network for example.
    """
    folder = _environment(name)
    if name not in versions(folder):
        _call(folder / "python", "-m", "pip", "install", "--quiet", PEERS[name])
    return folder


def debian_program(name: str) -> str:
    """The path of a program of Debian: the installed one, else its package unpacked in the build folder.

    Raises:
        MissingError: it is neither installed nor in Debian's archive as this machine knows it.
    """
    if found := shutil.which(name):
        return found
    folder = BUILD / "debian" / name
    program = folder / "usr" / "bin" / name
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _call("apt-get", "download", "--quiet", name, cwd=folder)
        for package in folder.glob("*.deb"):
            _call("dpkg-deb", "--extract", package, folder)
    _call(program, "--version")
    return str(program)


def node_package(name: str) -> str:
    """Install one of `NODE_PACKAGES`; returns its folder.

    Raises:
        MissingError: npm is missing, or could not install it.
    """
    root = BUILD / "npm"
    folder = root / "node_modules" / name
    if not (folder / "package.json").is_file():
        root.mkdir(parents=True, exist_ok=True)
        _call(
            "npm",
            "install",
            "--prefix",
            root,
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
            name,
        )
    return str(folder)


def version(name: str, path: str) -> str:
    """The name and the version of a program, as it says to `--version`, or of a package of npm."""
    package = Path(path, "package.json")
    if package.is_file():
        return f"{name} {json.loads(package.read_text('utf-8'))['version']}"
    said = _call(path, "--version").splitlines()[0]
    return said if any(letter.isalpha() for letter in said.split()[0]) else f"{name} {said}"


def versions(folder: Path) -> dict[str, str]:
    """What is installed in an environment, by name in lower case."""
    listed = _call(folder / "python", "-m", "pip", "list", "--format=json", "--disable-pip-version-check")
    return {each["name"].lower(): each["version"] for each in json.loads(listed)}
