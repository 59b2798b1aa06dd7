"""Which settings there are; docs/settings.md is generated from this table."""

from typing import Literal, get_args

from msgspec import Struct

from sisterline.errors import closest_or_all
from sisterline.formats.options import Color, Sources
from sisterline.translation import gettext as _

SettingValue = bool | tuple[str, ...]  # yes or no; texts: one, or those of a setting that takes several
Kind = Literal["text", "choice", "flag", "paths", "option"]


class Key(Struct, frozen=True, kw_only=True):
    """A setting that there is.

    Attributes:
        name: in the file; `list.sort` is `sort` in the table `[list]`.
        variable: the environment variable of the same meaning.
        option: the flag whose default it is; empty if it is no option's.
        kind: of its value: one text, one of `values`, yes or no, paths, or what the option takes.
        help: what it is for, in a sentence.
        values: the valid values of a choice.
        default: its value where it is not made; that of the option for the settings of one command.
        example: a value as it is written in the file.
        unless: flags of the command whose use sets it aside.
    """

    name: str
    variable: str
    option: str
    kind: Kind
    help: str
    values: tuple[str, ...] = ()
    default: SettingValue = ()
    example: str = ""
    unless: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """The command that it belongs to; empty if it belongs to all."""
        return self.name.rpartition(".")[0]


_GENERAL = (
    Key(
        name="language",
        variable="SISTERLINE_LANG",
        option="--lang",
        kind="text",
        help="Language of words, names and titles.",
        default=("en",),
        example='"zh"',
    ),
    Key(
        name="data",
        variable="SISTERLINE_DATA",
        option="",
        kind="paths",
        help="Your own files and folders; `--data` adds more.",
        example='["visits.yaml"]',
    ),
    Key(
        name="color",
        variable="SISTERLINE_COLOR",
        option="--color",
        kind="choice",
        help="When to use colours.",
        values=get_args(Color),
        default=("auto",),
        example='"never"',
    ),
    Key(
        name="ascii",
        variable="SISTERLINE_ASCII",
        option="--ascii",
        kind="flag",
        help="Draw with ASCII characters only.",
        default=False,
        example="true",
    ),
    Key(
        name="sources",
        variable="SISTERLINE_SOURCES",
        option="--sources",
        kind="choice",
        help="How to list the sources; by default short on a terminal, else full.",
        values=get_args(Sources),
        example='"short"',
    ),
    Key(
        name="pager",
        variable="SISTERLINE_PAGER",
        option="",
        kind="text",
        help="Program for output that is longer than the screen; empty or `cat` for none.",
        default=("less",),
        example='"less -RS"',
    ),
)
# The options of commands that have a default of the user's own: how rows are chosen and arranged for
# reading. Selections and outputs are none: what a call selects or writes should be seen in it.
_OF_COMMANDS: dict[str, dict[str, str]] = {
    "list": {"columns": '["since", "place", "partner"]', "sort": '"-events"'},
    "timeline": {"columns": '["date", "title"]', "sort": '"-date"', "every": "10", "group": '"year"'},
    "show": {"every": "10"},
    "stats": {"by": '"region"'},
    "anniversaries": {
        "columns": '["date", "place", "partner"]',
        "sort": '"place"',
        "within": '"3y"',
        "every": "10",
    },
    "exchanges": {"by": '"decade"', "sort": '"-exact"'},
}
_UNLESS = {
    "anniversaries.within": ("--year", "--from", "--to"),
    # These show other tables, with other columns.
    "timeline.sort": ("--chart",),
    "exchanges.sort": ("--by", "--records"),
}


def _option_key(command: str, option: str, example: str) -> Key:
    name = f"{command}.{option}"
    help = f"Default of `--{option}`."
    if option == "columns":
        help = "Columns of the table; programs get all."
    return Key(
        name=name,
        variable=f"SISTERLINE_{command}_{option}".upper(),
        option=f"--{option}",
        kind="option",
        help=help,
        example=example,
        unless=_UNLESS.get(name, ()),
    )


KEYS = {
    key.name: key
    for key in (
        *_GENERAL,
        *(
            _option_key(command, option, example)
            for command, options in _OF_COMMANDS.items()
            for option, example in options.items()
        ),
    )
}


def check_choice(key: Key, text: str) -> None:
    """Check that a value is one of those that a setting may have.

    Raises:
        ValueError: it is not; with a message and a hint.
    """
    if key.values and text not in key.values:
        message = _('"{value}" is not a valid {name}').format(value=text, name=key.name)
        raise ValueError(message, closest_or_all(text, key.values))
