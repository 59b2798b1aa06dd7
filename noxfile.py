"""The suite under other conditions: other Pythons, other versions of the dependencies, YAML without libyaml.

`make everywhere` runs all sessions, `make everywhere WHAT="yaml lowest"` some of them; see "Environments" in
docs/contributing.md. Sessions on a Python that is not installed are skipped, and the summary says so.
"""

import os
import re
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.download_python = "never"
nox.options.envdir = ".venv-nox"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

# The releases of PyYAML 6.0 between the lowest that pyproject.toml allows, which `lowest` installs, and the
# locked one.
PYYAML = ("6.0.2", "6.0.3")


def modules(names: str) -> list[str]:
    """The paths of test modules, from their names without `test_`."""
    return [f"tests/test_{name}.py" for name in names.split()]


SUITE = ("-m", "not slow")  # as `make test` runs it
READS_YAML = modules("bad cases_yaml check hostile_files load partial yaml_text")
# The core of the suite: what depends on Python or on the version of a dependency. The rest tests what the
# program makes of its data; it runs on the first and on the last Python.
CORE = (
    *SUITE,
    *READS_YAML,
    *modules("cli completion help progress settings"),  # Typer
    *modules("explore explore_screens locales screens table terminal text"),  # Rich and Textual
    *modules("cache index report_values"),  # msgspec
    *modules(
        "calendar import import_cells links page page_columns workbook"
    ),  # icalendar, calamine, Jinja2 and others
    *modules(
        "database dates export formats geojson imports outputs security translation"
    ),  # the standard library
)


def interpreter(version: str) -> str:
    """The newest release of a Python version among those of pyenv, or the version, for nox to look for it.

    pyenv's shims on the PATH refuse to run what is not switched on, so nox would not find it.
    """
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    releases: dict[tuple[int, ...], Path] = {}
    for python in root.glob(f"versions/{version}.*/bin/python"):
        release = python.parts[-3]
        if re.fullmatch(r"[\d.]+", release):
            releases[tuple(map(int, release.split(".")))] = python
    if not releases:
        return version
    return str(releases[max(releases)])


def install(session: nox.Session, lock: str) -> None:
    """Install what a lock file names, and this checkout."""
    session.install("--no-deps", "--require-hashes", "--requirement", lock)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


def run_tests(session: nox.Session, *arguments: str, python: str = "python") -> None:
    """Run tests on two cores, in a random order whose seed pytest prints."""
    session.run(python, "-m", "pytest", "--numprocesses=2", *arguments, *session.posargs)


def not_as_locked(session: nox.Session) -> list[str]:
    """Each locked package that is installed in another version, as `name==version`."""
    lock = Path("lock/dev.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([^\s#=]+)==([^\s;]+)", lock, re.MULTILINE))
    freeze = session.run("python", "-m", "pip", "list", "--format=freeze", "--exclude-editable", silent=True)
    installed = (line.lower().replace("_", "-").partition("==") for line in str(freeze).splitlines())
    return [f"{name}=={version}" for name, _, version in installed if locked.get(name, version) != version]


@nox.session(name="tests-3.12", python=interpreter("3.12"))
def tests_312(session: nox.Session) -> None:
    """The core of the suite on Python 3.12."""
    install(session, "lock/dev.txt")
    run_tests(session, *CORE)


@nox.session(name="tests-3.13", python=interpreter("3.13"))
def tests_313(session: nox.Session) -> None:
    """The suite on Python 3.13."""
    install(session, "lock/dev.txt")
    run_tests(session, *SUITE)


@nox.session(python=interpreter("3.11"))
def lowest(session: nox.Session) -> None:
    """The core of the suite with the lowest versions that pyproject.toml allows."""
    install(session, "lock/lowest.txt")
    run_tests(session, *CORE)


@nox.session(venv_backend="none")
def yaml(session: nox.Session) -> None:
    """What reads YAML, with more releases of PyYAML 6.0: they bundle different versions of libyaml."""
    for release in PYYAML:
        folder = Path("build", f"pyyaml-{release}").resolve()
        pip = (sys.executable, "-m", "pip", "install", "--quiet")
        session.run(*pip, "--no-deps", "--upgrade", "--target", str(folder), f"pyyaml=={release}")
        # What is on PYTHONPATH comes before what is installed in the environment that nox runs in.
        session.env["PYTHONPATH"] = str(folder)
        session.run(sys.executable, "-c", f"import yaml; assert yaml.__version__ == {release!r}")
        run_tests(session, *READS_YAML, python=sys.executable)


@nox.session(python=interpreter("3.11"))
def newest(session: nox.Session) -> None:
    """The core of the suite with the newest versions that pyproject.toml allows, not with the locked ones."""
    tools = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "dev")
    session.install("--upgrade", "--upgrade-strategy=eager", "--editable", ".", *tools)
    session.log("not as locked: " + (" ".join(not_as_locked(session)) or "nothing"))
    run_tests(session, *CORE)
