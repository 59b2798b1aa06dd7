"""What Typer says in English, in the language of the program.

Typer has no catalogues, and some of its words are no messages of gettext at all.
"""

import re
from functools import cache

from sisterline.translation import gettext as _
from sisterline.translation import marked

_MESSAGES = (
    marked("no such option: {name}"),
    marked("missing argument '{name}'"),
    marked("missing option '{name}'"),
    marked("option '{name}' requires an argument"),
    marked("option '{name}' does not take a value"),
    marked("got unexpected extra argument ({list})"),
    marked("got unexpected extra arguments ({list})"),
    marked("Show this message and exit."),
    marked("[default: {value}]"),
    marked("[required]"),
)


def translated(sentence: str) -> str:
    """A sentence of Typer's in the language of the program; as it is where Typer has a new one."""
    for message in _MESSAGES:
        if match := _pattern(message).fullmatch(sentence):
            return _(message).format(**match.groupdict())
    return sentence


@cache
def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(message)))
