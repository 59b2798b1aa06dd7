"""The request of one call, made from its options: selection, data, day, language, and output."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from sisterline.cli.arguments import decode_argument
from sisterline.cli.settings import Setting, Settings
from sisterline.dates import DateError, parse_typed
from sisterline.errors import UsageError
from sisterline.formats.options import Color, Sources, WriteOptions
from sisterline.query.ranges import date_notes, date_range, parse_range
from sisterline.query.selection import Selection
from sisterline.reading.files import STDIN, bundled_folder, expand_home

if TYPE_CHECKING:
    from sisterline.cli.options import (
        DataOptions,
        DatedOptions,
        OutputOptions,
        RowOptions,
        SelectionOptions,
    )


class Request(Struct, frozen=True, kw_only=True):
    """What one call requests, as commands use it.

    Attributes:
        selection: which partnerships, and which of their events and exchanges.
        words: the options of the selection as typed, for messages.
        builtin: whether to read the bundled data.
        data: files and folders of the user's own data, from the settings, SISTERLINE_DATA and --data.
        today: the day from which years and anniversaries are counted.
        language: the language of names and titles, as typed.
        format: the name of a format; None to decide by the extension of the output.
        output: the file to write; None or "-" for standard output.
        force: whether to replace a file whose content is of another kind.
        writing: columns, colours and characters of the output.
        reverse: whether to reverse the order of rows.
        limit: the highest number of rows; None for all.
        pager: what pages output that is longer than the screen.
        usual_columns: the setting of the columns of this report's table, where no option names them.
        arguments: the options on the command line as typed: the flag and the value of each, None for a flag
            without one.
    """

    selection: Selection
    words: str
    builtin: bool
    data: tuple[Path, ...]
    today: date
    language: str
    format: str | None
    output: str | None
    force: bool
    writing: WriteOptions
    reverse: bool
    limit: int | None
    pager: Setting
    usual_columns: Setting | None
    arguments: tuple[tuple[str, str | None], ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file and folder that the call reads."""
        if not self.builtin:
            return self.data
        return (bundled_folder(), *self.data)


def request_of(
    *,
    selection: "SelectionOptions",
    dated: "DatedOptions",
    output: "OutputOptions",
    rows: "RowOptions",
    data: "DataOptions",
    format_name: str | None,
    settings: Settings,
    report: str,
) -> Request:
    """The request that the options of one call make.

    Raises:
        UsageError: a value is not valid, or two contradict each other.
        SisterlineError: a path in SISTERLINE_DATA or the settings does not exist.
    """
    builtin = not data.no_builtin
    return Request(
        selection=_selection(selection, dated),
        words=_words(selection, dated),
        builtin=builtin,
        data=data_paths(data.data, settings, builtin=builtin),
        today=parse_day(output.today),
        language=output.lang or "en",
        format=format_name,
        output=output.output,
        force=output.force,
        writing=WriteOptions(
            columns=column_names(rows.columns),
            color=cast("Color", output.color),
            ascii_only=output.ascii_,
            sources=cast("Sources | None", output.sources),
            bom=output.bom,
        ),
        reverse=rows.reverse,
        limit=rows.limit,
        pager=settings.pager(wanted=not output.no_pager),
        usual_columns=settings.made.get(f"{report}.columns"),
    )


def parse_day(text: str | None) -> date:
    """The day that `--today` gives; by default the current one.

    Raises:
        UsageError: the text is not a day, or only an approximate one.
    """
    if text is None:
        return date.today()
    try:
        day = parse_typed(text).anchor
        if day.precision != "day" or day.qualifier:
            raise DateError(f'"{text}" is not a day', "write it as 2026-11-21")
    except DateError as error:
        message = f"--today: {error}"
        if error.hint:
            message += f"; {error.hint}"
        raise UsageError(message) from None
    return date.fromordinal(day.first_day)


def refuse_second_stdin(paths: Sequence[Path]) -> None:
    """Check that standard input, which can be read once, is named at most once.

    Raises:
        UsageError: it is named twice or more.
    """
    if list(paths).count(STDIN) > 1:
        raise UsageError("standard input (-) can be read only once; give - once")


def _selection(selection: "SelectionOptions", dated: "DatedOptions") -> Selection:
    dates = {
        "--founded": selection.founded,
        "--last-event": selection.last_event,
        "--from": dated.from_,
        "--to": dated.to,
    }
    notes = [note for flag, text in dates.items() if text for note in date_notes(flag, text)]
    founded = last_event = None
    if selection.founded is not None:
        founded = parse_range(selection.founded, "--founded")
    if selection.last_event is not None:
        last_event = parse_range(selection.last_event, "--last-event")
    return Selection(
        cities=_decoded(selection.city),
        regions=_decoded(selection.region),
        countries=_decoded(selection.country),
        levels=_decoded(selection.level),
        kinds=_decoded(selection.kind),
        statuses=_decoded(selection.status),
        founded=founded,
        last_event=last_event,
        text=_decoded(selection.text),
        dated=date_range(dated.from_, dated.to),
        types=_decoded(dated.type_),
        categories=_decoded(dated.category),
        notes=tuple(notes),
    )


def _decoded(words: list[str] | None) -> tuple[str, ...]:
    return tuple(map(decode_argument, words or ()))


def _words(selection: "SelectionOptions", dated: "DatedOptions") -> str:
    """The options of a selection as typed."""
    typed: list[str] = []
    for group in (selection, dated):
        for name in group.__struct_fields__:
            typed += _typed(f"--{name.rstrip('_').replace('_', '-')}", getattr(group, name))
    return " ".join(typed)


def _typed(flag: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [f"{flag} {value}"]
    return [f"{flag} {decode_argument(word)}" for word in value]


def data_paths(paths: Iterable[Path] | None, settings: Settings, *, builtin: bool) -> tuple[Path, ...]:
    """The files and folders of the user's own data.

    Raises:
        UsageError: there is no data to read, or standard input is named twice.
        SisterlineError: a path in SISTERLINE_DATA or the settings does not exist.
    """
    settings.check_data()
    own = [*settings.data, *map(expand_home, paths or ())]
    refuse_second_stdin(own)
    if not builtin and not own:
        raise UsageError("--no-builtin leaves nothing to read; add your own with --data")
    return tuple(own)


def column_names(text: str | None) -> tuple[str, ...]:
    """The names of columns in a list with commas."""
    names = (name.strip() for name in (text or "").split(","))
    return tuple(name for name in names if name)
