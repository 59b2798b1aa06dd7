"""The request of one call, made from its options: selection, data, day, language, and output."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from sisterline.cli.arguments import decode_argument, decode_arguments
from sisterline.cli.settings import Setting, Settings
from sisterline.cli.tongue import locale_language
from sisterline.dates import DateError, parse_typed
from sisterline.errors import UsageError, said_of, with_fix
from sisterline.formats import is_for_programs
from sisterline.formats.options import Color, Sources, WriteOptions
from sisterline.query.ranges import date_notes, date_range, is_edtf, parse_range
from sisterline.query.selection import Selection
from sisterline.query.spoken import spoken_end
from sisterline.reading.files import STDIN, bundled_folder, expand_home
from sisterline.reports.order import Sort, parse_sort
from sisterline.translation import gettext as _

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
        typed: the options of the selection as typed, by the fields of the selection that they fill.
        builtin: whether to read the bundled data.
        data: files and folders of the user's own data, from the settings, SISTERLINE_DATA and --data.
        today: the day from which years and anniversaries are counted.
        language: the language of names and titles, as typed, of the settings or of the locale.
        format: the name of a format; None to decide by the extension of the output.
        output: the file to write; None or "-" for standard output.
        force: whether to replace a file whose content is of another kind.
        writing: columns, colours and characters of the output.
        sort: the columns to sort rows by; none for their usual order.
        reverse: whether to reverse the order of rows.
        limit: the highest number of rows; None for all.
        pager: what pages output that is longer than the screen.
        usual_columns: the setting of the columns of this report's table, where no option names them.
        arguments: the options on the command line as typed: the flag and the value of each, None for a flag
            without one.
    """

    selection: Selection
    typed: dict[str, str]
    builtin: bool
    data: tuple[Path, ...]
    today: date
    language: str
    format: str | None
    output: str | None
    force: bool
    writing: WriteOptions
    sort: Sort
    reverse: bool
    limit: int | None
    pager: Setting
    usual_columns: Setting | None
    arguments: tuple[tuple[str, str | None], ...] = ()

    @property
    def words(self) -> str:
        """The options of the selection as typed, for messages."""
        return " ".join(self.typed.values())

    def narrowed_to(self, places: tuple[str, ...]) -> "Request":
        """The same request with further places, as of --city."""
        selection = replace(self.selection, cities=(*places, *self.selection.cities))
        words = [*(f"--city {place}" for place in places), self.typed.get("cities", "")]
        return replace(self, selection=selection, typed={**self.typed, "cities": " ".join(words).strip()})

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file and folder that the call reads."""
        if not self.builtin:
            return self.data
        return (bundled_folder(), *self.data)


def request_of(
    *,
    places: list[str] | None,
    selection: "SelectionOptions",
    dated: "DatedOptions",
    output: "OutputOptions",
    rows: "RowOptions",
    data: "DataOptions",
    format_name: str | None,
    sort: list[str] | None,
    settings: Settings,
    report: str,
) -> Request:
    """The request that the arguments and options of one call make; its arguments are places as of --city.

    Raises:
        UsageError: a value is not valid, or two contradict each other.
        SisterlineError: a path in SISTERLINE_DATA or the settings does not exist.
    """
    builtin = not data.no_builtin
    today = parse_day(data.today)
    if places:
        selection = replace(selection, city=[*places, *(selection.city or ())])
    return Request(
        selection=_selection(selection, dated, today),
        typed=_typed(selection, dated),
        builtin=builtin,
        data=data_paths(data.data, settings, builtin=builtin),
        language=output.lang or _default_language(format_name, output.output),
        today=today,
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
        sort=parse_sort(sort or ()),
        reverse=rows.reverse,
        limit=rows.limit,
        pager=settings.pager(wanted=not output.no_pager),
        usual_columns=settings.made.get(f"{report}.columns"),
    )


def _default_language(format_name: str | None, output: str | None) -> str:
    """The language of names and titles where nobody asks for one."""
    if is_for_programs(format_name, output):
        return "en"
    return locale_language()


def parse_day(text: str | None) -> date:
    """The day that `--today` gives; by default the current one.

    Raises:
        UsageError: the text is not a day, or only an approximate one.
    """
    if text is None:
        return date.today()
    if not is_edtf(text) and (days := spoken_end(text, date.today())) and days[0] == days[1]:
        return days[0]
    try:
        day = parse_typed(text).anchor
        if day.precision != "day" or day.qualifier:
            raise DateError(_('"{text}" is not a day').format(text=text), _("write it as 2026-11-21"))
    except DateError as error:
        raise UsageError(with_fix(said_of("--today", str(error)), error.hint)) from None
    return date.fromordinal(day.first_day)


def refuse_second_stdin(paths: Sequence[Path]) -> None:
    """Check that standard input, which can be read once, is named at most once.

    Raises:
        UsageError: it is named twice or more.
    """
    if list(paths).count(STDIN) > 1:
        raise UsageError(_("standard input (-) can be read only once; give - once"))


def _selection(selection: "SelectionOptions", dated: "DatedOptions", today: date) -> Selection:
    dates = {
        "--founded": selection.founded,
        "--last-event": selection.last_event,
        "--from": dated.from_,
        "--to": dated.to,
    }
    notes = [note for flag, text in dates.items() if text for note in date_notes(flag, text)]
    founded = last_event = None
    if selection.founded is not None:
        founded = parse_range(selection.founded, "--founded", today)
    if selection.last_event is not None:
        last_event = parse_range(selection.last_event, "--last-event", today)
    return Selection(
        cities=decode_arguments(selection.city),
        regions=decode_arguments(selection.region),
        countries=decode_arguments(selection.country),
        levels=decode_arguments(selection.level),
        kinds=decode_arguments(selection.kind),
        statuses=decode_arguments(selection.status),
        founded=founded,
        last_event=last_event,
        text=decode_arguments(selection.text),
        dated=date_range(dated.from_, dated.to, today),
        types=decode_arguments(dated.type_),
        categories=decode_arguments(dated.category),
        notes=tuple(notes),
    )


# The fields of a selection by the options that fill them.
_FIELDS = {
    "city": "cities", "region": "regions", "country": "countries", "level": "levels", "kind": "kinds",
    "status": "statuses", "from_": "dated", "to": "dated", "type_": "types", "category": "categories",
}  # fmt: skip


def _typed(selection: "SelectionOptions", dated: "DatedOptions") -> dict[str, str]:
    """The options of a selection as typed, by the fields that they fill."""
    typed: dict[str, list[str]] = {}
    for group in (selection, dated):
        for name in group.__struct_fields__:
            value = getattr(group, name)
            if value is None:
                continue
            flag = f"--{name.rstrip('_').replace('_', '-')}"
            values = [value] if isinstance(value, str) else value
            words = [f"{flag} {decode_argument(word)}" for word in values]
            typed.setdefault(_FIELDS.get(name, name), []).extend(words)
    return {field: " ".join(words) for field, words in typed.items()}


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
        raise UsageError(_("--no-builtin leaves nothing to read; add your own with --data"))
    return tuple(own)


def column_names(text: str | None) -> tuple[str, ...]:
    """The names of columns in a list with commas."""
    names = (name.strip() for name in (text or "").split(","))
    return tuple(name for name in names if name)
