"""What can still be read of a text with a syntax error: the records that are valid YAML by themselves.

A record begins at a line that is indented as the first one of its section, and ends before the next such
line: a quote or bracket that is never closed is one of a single record. Records that are not valid are
overwritten with blanks, so that all others keep their lines and columns. Each is tried once, in linear time.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from sisterline.reading.positions import Lines
from sisterline.reading.slips import Slip
from sisterline.reading.yaml_errors import slip_from_error
from sisterline.reading.yaml_events import MAX_DEPTH, events

MAX_SECTIONS = 100  # keys in the first column; the schema has 6
# Pieces of a file that are tried one by one, which takes some 30 µs each; of more records than this several
# are one piece.
MAX_PIECES = 60_000
MAX_SLIPS = 20  # further syntax errors that are reported: more than a person fixes before the next check

# A key in the first column; brackets, quotes and hyphens there may belong to the record above.
_KEY = re.compile(r"^[^\W\d]", re.MULTILINE)
_KEY_ALONE = re.compile(r"\w+:[ \t]*(?:#[^\n]*)?\r?\n")
_FIRST_RECORD = re.compile(r"^( *)([^ \r\n#])", re.MULTILINE)
_NOT_BLANK = re.compile(r"[^\r\n]")


class Rest(NamedTuple):
    """What can still be read of a text.

    Attributes:
        text: of the same length and with the same lines, blank where it cannot be read.
        slips: the syntax errors below the first one, in order.
    """

    text: str
    slips: tuple[Slip, ...]


class _Piece(NamedTuple):
    """A part of a text, from one index to another, that should be a list or else a mapping."""

    start: int
    end: int
    is_list: bool = False


class _Failure(NamedTuple):
    """A piece that cannot be read, and its syntax error; None if it is valid but no list or mapping."""

    piece: _Piece
    error: Exception | None


def readable_rest(text: str, first: int) -> Rest | None:
    """What can be read of a text that is not YAML; None if that is nothing.

    Args:
        text: one document.
        first: the index of the first syntax error.
    """
    sections = _sections(text)
    unreadable: list[_Piece] = []
    failures: list[_Failure] = []
    readable = False
    for section in sections:
        records = _records(text, section, MAX_PIECES // len(sections)) or (section,)
        failed = [failure for record in records if (failure := _failure(text, record))]
        failures += failed
        if len(failed) == len(records):
            unreadable.append(section)
        else:
            unreadable += (failure.piece for failure in failed)
            readable = True
    if not readable:
        return None
    return Rest(_without(text, unreadable), tuple(_slips_below(text, first, failures)))


def _sections(text: str) -> list[_Piece]:
    """The keys in the first column, each with what is below it; none if they are too many."""
    starts = [found.start() for found in islice(_KEY.finditer(text), MAX_SECTIONS + 1)]
    if len(starts) > MAX_SECTIONS:
        return []
    return [_Piece(start, end) for start, end in pairwise([*starts, len(text)])]


def _records(text: str, section: _Piece, limit: int) -> Sequence[_Piece]:
    """The records of a section, or groups of them, at most `limit`; empty if it has none in block style."""
    key = _KEY_ALONE.match(text, section.start, section.end)
    first = key and _FIRST_RECORD.search(text, key.end(), section.end)
    if not first or len(first[1]) > MAX_DEPTH:
        return ()
    is_list = first[2] == "-"
    if not is_list and not first[2].isalnum():
        return ()
    mark = "-" if is_list else r"\w"
    begins = re.compile(f"^{first[1]}{mark}", re.MULTILINE)
    starts = [found.start() for found in begins.finditer(text, first.start(), section.end)]
    step = -(-len(starts) // limit)
    return [_Piece(start, end, is_list) for start, end in pairwise([*starts[::step], section.end])]


def _failure(text: str, piece: _Piece) -> _Failure | None:
    """Why a piece of a text cannot be read by itself; None if it can."""
    import yaml

    wanted = yaml.SequenceStartEvent if piece.is_list else yaml.MappingStartEvent
    try:
        found = events(text[piece.start : piece.end])
        _, _, first = islice(found, 3)  # after the start of the stream and of the document
        deque(found, maxlen=0)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return _Failure(piece, error)
    if isinstance(first, wanted):
        return None
    return _Failure(piece, None)


def _without(text: str, pieces: Iterable[_Piece]) -> str:
    """A text with blanks in the place of pieces of it."""
    parts = []
    at = 0
    for piece in pieces:
        parts += [text[at : piece.start], _NOT_BLANK.sub(" ", text[piece.start : piece.end])]
        at = piece.end
    return "".join((*parts, text[at:]))


def _slips_below(text: str, index: int, failures: Iterable[_Failure]) -> Iterator[Slip]:
    """The syntax errors of the pieces that begin below an index."""
    lines = Lines(text)
    below = (each.piece for each in failures if each.error is not None and each.piece.start > index)
    for piece in islice(below, MAX_SLIPS):
        # Tried again below as many empty lines, because an error may name the line of a bracket.
        line, _ = lines.position(piece.start)
        above = "\n" * (line - 1)
        source = above + text[piece.start : piece.end]
        failure = _failure(source, _Piece(0, len(source), piece.is_list))
        if failure is not None and failure.error is not None:
            slip = slip_from_error(failure.error, source)
            yield slip._replace(offset=slip.offset - len(above) + piece.start)
