"""`sisterline check`."""

from pathlib import Path
from typing import Annotated

import typer

from sisterline.commands import say
from sisterline.load import bundled
from sisterline.load import check as check_files
from sisterline.words import plural


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; the bundled data where none is named.", metavar="[PATH]..."),
    ] = None,
) -> None:
    """Check data files, and tell every problem with its place and its mend.

    `sisterline check my-pairs.yaml`
    """
    dataset, problems = check_files(paths or [bundled()])
    for problem in problems:
        print(problem)
    if problems:
        say(plural(len(problems), "problem"))
        raise typer.Exit(1)
    counts = (
        plural(len(dataset.partnerships), "partnership"),
        plural(sum(len(partnership.events) for partnership in dataset.partnerships), "event"),
        plural(len(dataset.sources), "source"),
    )
    print(f"all is well: {', '.join(counts)}")
