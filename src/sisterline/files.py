"""Where data files are: the bundled ones, and those that a path means."""

from pathlib import Path

from sisterline.errors import SisterlineError
from sisterline.text.escape import printable

SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 256 << 20  # 64,000 partnerships with their events have 130 MB; in memory it may be ten times that


def bundled() -> Path:
    """The folder of the data set that comes with the program.

    Raises:
        SisterlineError: the installation lost it.
    """
    # In a wheel the data lies inside the package, in a checkout (and so in an editable install) at its root.
    here = Path(__file__).parent
    for folder in (here / "data", here.parents[1] / "data"):
        if (folder / "partnerships.yaml").is_file():
            return folder
    raise SisterlineError(
        "the bundled data is missing; install sisterline again, or name your own with --data"
    )


def files(path: Path) -> list[Path]:
    """A file itself, or the YAML files directly in a folder.

    Raises:
        SisterlineError: the folder cannot be read, or has none.
    """
    if not path.is_dir():
        return [path]
    try:
        found = sorted(
            (file for file in path.iterdir() if file.suffix in SUFFIXES), key=lambda file: file.name
        )
    except OSError as error:
        raise SisterlineError(f"cannot be read: {error.strerror or error}") from None
    if not found:
        raise SisterlineError("there is no .yaml file in this folder")
    return sorted(found, key=lambda file: file.name)


def shown(path: Path) -> str:
    """A path as it can be written in every format: bytes of it that are no UTF-8 as escapes."""
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        return printable(name)
    return name
