"""`sisterline init`."""

import shlex
from pathlib import Path
from typing import Annotated

from sisterline.cli.parameters import argument
from sisterline.errors import SisterlineError
from sisterline.formats.output import Output, open_output
from sisterline.reading.files import expand_home
from sisterline.text.escape import printable


def command(
    path: Annotated[Path, argument(help="The file to create.", metavar="PATH")],
) -> None:
    """Create a data file with comments to start from.

    \b
      sisterline init my-pairs.yaml
    """
    path = expand_home(path)
    # The name is part of a comment: a line break in it must not end the comment.
    name = shlex.quote(printable(str(path)))
    starter = (Path(__file__).parents[2] / "starter.yaml").read_text("utf-8")
    if path.exists() or path.is_symlink():
        raise SisterlineError(f"{path} already exists; choose another name")
    with open_output(Output(path=str(path)), "yaml") as out:
        out.write(starter.replace("THIS-FILE", name))
    print(f"created {printable(str(path))}; show it with: sisterline list --no-builtin --data {name}")
