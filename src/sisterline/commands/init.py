"""`sisterline init`."""

from pathlib import Path
from typing import Annotated

import typer

from sisterline.errors import SisterlineError


def command(
    path: Annotated[Path, typer.Argument(help="The file to make.", metavar="PATH")],
) -> None:
    """Make a commented data file to begin with; one that exists is left alone.

    `sisterline init my-pairs.yaml`
    """
    starter = (Path(__file__).parents[1] / "starter.yaml").read_text("utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(starter.replace("THIS-FILE", str(path)))
    except FileExistsError:
        raise SisterlineError(f"{path} exists already; choose another name") from None
    except OSError as error:
        raise SisterlineError(f"cannot write {path}: {error.strerror or error}") from None
    print(f"{path} is made; look at it with: sisterline list --no-builtin --data {path}")
