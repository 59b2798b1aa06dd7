"""`sisterline diff`."""

from pathlib import Path
from typing import Annotated

from sisterline.cli.commands import notify
from sisterline.cli.options import BOM, FORCE, LANG, OUTPUT_FILE, TODAY
from sisterline.cli.parameters import argument
from sisterline.cli.progress import bar
from sisterline.cli.report_options import format_option
from sisterline.cli.request import parse_day, refuse_second_stdin
from sisterline.cli.settings import load_settings
from sisterline.formats import resolve_format, write
from sisterline.formats.output import Output
from sisterline.reading.files import bundled_folder, expand_home
from sisterline.reports.diff import diff_report
from sisterline.store.cache import load_cached


def command(
    *,
    old: Annotated[Path, argument(help="The old version: a file or a folder.", metavar="OLD")],
    new: Annotated[
        Path | None, argument(help="The new version; by default the bundled data.", metavar="[NEW]")
    ] = None,
    format_: format_option("diff") = None,  # type: ignore[valid-type]
    output: Annotated[str | None, OUTPUT_FILE] = None,
    force: Annotated[bool, FORCE] = False,
    bom: Annotated[bool, BOM] = False,
    today: Annotated[str | None, TODAY] = None,
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Compare two versions of the data, record by record.

    \b
      sisterline diff old-data
      sisterline diff my-pairs.yaml.orig my-pairs.yaml
      sisterline diff old-data new-data -f markdown -o changes.md
    """
    settings = load_settings()
    format_name = resolve_format(format_, output, "diff")
    paths = [expand_home(old), expand_home(new) if new else bundled_folder()]
    refuse_second_stdin(paths)
    with bar() as progress:
        before, after = (load_cached([path], progress) for path in paths)
    report = diff_report(before, after, parse_day(today))
    destination = Output(path=output, inputs=tuple(paths), force=force, notify=notify)
    note = write(report, format_name, output=destination, options=settings.write_options(bom=bom))
    if note:
        notify(note)
