"""What can go wrong, said as a place, a fact and a fix."""

from msgspec import Struct
from msgspec.structs import force_setattr

from sisterline.text.escape import printable

LONGEST = 400  # characters of a message or a hint: the value that it repeats may have a hundred thousand


class Problem(Struct, frozen=True, order=True):
    """One thing wrong with a data file.

    Attributes:
        path: the file as the user named it.
        line: counted from 1; 0 where the whole file is meant.
        column: counted from 1 in characters; 0 where the whole file is meant.
        message: what is wrong, in one line without a final stop; the middle of a long one is left out.
        hint: how to mend it; empty where nothing better than the message can be said.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        for name, text in (("message", self.message), ("hint", self.hint)):
            if len(text) > LONGEST:
                force_setattr(self, name, f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}")

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return printable(f"{place}: {self.message}" + (f"; {self.hint}" if self.hint else ""))


class SisterlineError(Exception):
    """An expected failure: one line for a person, exit status 1."""

    exit_code = 1


class UsageError(SisterlineError):
    """An option has a value that cannot be used: exit status 2."""

    exit_code = 2


class DataError(SisterlineError):
    """The data cannot be used.

    Attributes:
        problems: everything that was found, sorted by place, never empty.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = len(problems) - 1
        rest = "" if not more else f" (and {more} more problem{'s' if more > 1 else ''})"
        super().__init__(f"{problems[0]}{rest}")
