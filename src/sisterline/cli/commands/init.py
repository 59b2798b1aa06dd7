"""`sisterline init`."""

import shlex
from pathlib import Path
from typing import Annotated

from sisterline.cli.options import LANG
from sisterline.cli.parameters import argument
from sisterline.errors import SisterlineError
from sisterline.formats.output import Output, open_output
from sisterline.reading.files import expand_home
from sisterline.text.escape import printable
from sisterline.translation import active_language
from sisterline.translation import gettext as _


def command(
    path: Annotated[Path, argument(help="The file to create.", metavar="PATH")],
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Create a data file with comments to start from.

    \b
      sisterline init my-pairs.yaml
    """
    path = expand_home(path)
    # The name is part of a comment: a line break in it must not end the comment.
    name = shlex.quote(printable(str(path)))
    starter = (Path(__file__).parents[2] / "starter" / f"{active_language()}.yaml").read_text("utf-8")
    if path.exists() or path.is_symlink():
        raise SisterlineError(_("{path} already exists; choose another name").format(path=path))
    with open_output(Output(path=str(path)), "yaml") as out:
        out.write(starter.replace("THIS-FILE", name))
    command = f"sisterline list --no-builtin --data {name}"
    print(_("created {path}; show it with: {command}").format(path=printable(str(path)), command=command))
