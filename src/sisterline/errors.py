"""Expected failures: each says where something is wrong, what, and how to fix it."""

from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import force_setattr

from sisterline.text.escape import printable
from sisterline.text.matching import closest_match
from sisterline.translation import gettext as _
from sisterline.translation import listed, ngettext, pgettext

LONGEST = 400  # characters of a message or a hint: a value quoted in it may have a hundred thousand
MAX_REPORTED = 1_000  # problems of one file: more than a person fixes before the next check


def with_fix(problem: str, fix: str) -> str:
    """What is wrong and how to fix it, in one line; the first alone where no fix is known."""
    if not fix:
        return problem
    return _("{problem}; {fix}").format(problem=problem, fix=fix)


def said_of(subject: str, problem: str) -> str:
    """A problem of an option, with its name before it: `--from: ...`."""
    return pgettext("a problem of an option", "{subject}: {problem}").format(subject=subject, problem=problem)


def did_you_mean(name: str) -> str:
    """The fix of a name that is close to another one; empty where that is empty."""
    return _("did you mean {name}?").format(name=name) if name else ""


def choose_one_of(names: Iterable[str]) -> str:
    """The fix of a word that is none of a few."""
    return _("choose one of {list}").format(list=listed(names))


def closest_or_all(word: str, names: Collection[str]) -> str:
    """The fix of a word that is none of a few: the closest one, else to choose one of all."""
    return did_you_mean(closest_match(word, names)) or choose_one_of(names)


def closest_or_known(word: str, names: Collection[str]) -> str:
    """The fix of a name that is unknown: the closest one, else which there are."""
    return did_you_mean(closest_match(word, names)) or there_are(names)


def there_are(names: Iterable[str]) -> str:
    """The fix of a name that is unknown: all that there are."""
    return _("there are {list}").format(list=listed(names))


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong with a data file.

    Attributes:
        path: the file as the user named it.
        line: from 1; 0 for a problem of the whole file.
        column: in characters, from 1; 0 for a problem of the whole file.
        message: what is wrong, in one line without a full stop; the middle of a long one is left out.
        hint: the fix, of the same form; empty if the message says it.
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

    @property
    def place(self) -> str:
        """Path, line and column as editors read them."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return printable(with_fix(f"{self.place}: {self.message}", self.hint))


class Problems:
    """The problems of one file, of which at most MAX_REPORTED are kept and all are counted.

    Attributes:
        path: the file as the user named it.
        shown: the problems that are kept, in the order in which they were found.
        count: the number of all problems.
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
        """Count one more problem, and return whether to keep it in `shown`."""
        self.count += 1
        return self.count <= MAX_REPORTED

    @property
    def at_limit(self) -> bool:
        """Whether no further problem will be kept."""
        return self.count >= MAX_REPORTED

    def all(self) -> list[Problem]:
        """The problems that are kept, preceded by a summary if there are more."""
        if self.count <= MAX_REPORTED:
            return self.shown
        message = _("{count} problems, of which {shown} are shown").format(
            count=f"{self.count:,}", shown=f"{MAX_REPORTED:,}"
        )
        return [Problem(self.path, 0, 0, message, _("fix these and check again")), *self.shown]


class UnreadableError(Exception):
    """A file cannot be read as data at all.

    Attributes:
        problem: the reason, a problem of the whole file unless it has a line and column.
    """

    def __init__(self, path: str, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> None:
        self.problem = Problem(path, line, column, message, hint)
        super().__init__(str(self.problem))


class OutputRefusedError(Exception):
    """Why a file is not written, with the way out."""


class SisterlineError(Exception):
    """An expected failure: one line for the user, and exit status 1."""

    exit_code = 1


class UsageError(SisterlineError):
    """An option has a value that is not valid: exit status 2."""

    exit_code = 2


class UnknownName(SisterlineError):  # noqa: N818  # the name is unknown
    """A name is not in the data set.

    Attributes:
        kind: place, region or country.
        name: as it was typed.
        suggestion: the name that was probably meant; empty if none is close.
        known: all names, if they are few, to show when there is no suggestion.
    """

    def __init__(self, kind: str, name: str, suggestion: str = "", known: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestion = suggestion
        self.known = known
        fix = did_you_mean(suggestion)
        if known and not fix:
            fix = there_are(known)
        messages = {
            "place": _('no place is called "{name}"'),
            "region": _('no region is called "{name}"'),
            "country": _('no country is called "{name}"'),
        }
        super().__init__(with_fix(messages[kind].format(name=name), fix))


class DataError(SisterlineError):
    """The data cannot be used.

    Attributes:
        problems: all of them, sorted by position; at least one.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        text = str(problems[0])
        more = len(problems) - 1
        if more:
            message = ngettext(
                "{problem} (and {count} more problem)", "{problem} (and {count} more problems)", more
            )
            text = message.format(problem=text, count=f"{more:,}")
        super().__init__(text)
