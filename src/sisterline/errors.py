"""What can go wrong, as a place, a fact and a fix."""

from msgspec import Struct
from msgspec.structs import force_setattr

from sisterline.text.escape import printable

LONGEST = 400  # characters of a message or a hint: the value that it repeats may have a hundred thousand
MAX_REPORTED = 1_000  # problems shown of one file: more than a person fixes before checking again


class Problem(Struct, frozen=True, order=True):
    """One thing wrong with a data file.

    Attributes:
        path: the file as the user named it.
        line: counted from 1; 0 where the whole file is meant.
        column: counted from 1 in characters; 0 where the whole file is meant.
        message: what is wrong, in one line without a final stop; the middle of a long one is left out.
        hint: how to fix it; empty where nothing better than the message can be said.
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


class Problems:
    """The problems of one file: at most MAX_REPORTED are kept, all are counted.

    Attributes:
        path: the file as the user named it.
        shown: the problems that are kept, in the order they were found.
        count: how many there are.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.shown: list[Problem] = []
        self.count = 0

    def report(self, position: tuple[int, int], message: str, hint: str = "") -> None:
        """Add a problem at a line and column."""
        if self.count_one():
            line, column = position
            self.shown.append(Problem(self.path, line, column, message, hint))

    def count_one(self) -> bool:
        """Count one more problem, and return whether it is to be kept in `shown`."""
        self.count += 1
        return self.count <= MAX_REPORTED

    @property
    def at_limit(self) -> bool:
        """Whether no more problems will be kept."""
        return self.count >= MAX_REPORTED

    def all(self) -> list[Problem]:
        """The problems that are kept, after a summary if there are more."""
        if self.count <= MAX_REPORTED:
            return self.shown
        message = f"{self.count:,} problems, of which {MAX_REPORTED:,} are shown"
        return [Problem(self.path, 0, 0, message, "fix these and check again"), *self.shown]


class UnreadableError(Exception):
    """A file cannot be read as data at all.

    Attributes:
        problem: why not.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class SisterlineError(Exception):
    """An expected failure: one line for a person, exit status 1."""

    exit_code = 1


class UsageError(SisterlineError):
    """An option has a value that cannot be used: exit status 2."""

    exit_code = 2


class UnknownName(SisterlineError):  # noqa: N818  # it is the name that is unknown
    """A name means nothing in the data set.

    Attributes:
        kind: what was looked for: place, region or country.
        name: as it was typed.
        suggestion: the name that was probably meant; empty where none is close.
        known: the few names there are, to show where nothing is suggested.
    """

    def __init__(self, kind: str, name: str, suggestion: str = "", known: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestion = suggestion
        self.known = known
        ending = ""
        if suggestion:
            ending = f"; did you mean {suggestion}?"
        elif known:
            ending = f"; there are {', '.join(known)}"
        super().__init__(f'no {kind} is called "{name}"{ending}')


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
