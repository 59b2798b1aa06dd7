"""Standard streams that can be written to: none is missing, and none fails over a character."""

import codecs
import io
import os
import sys
import unicodedata

ERROR_HANDLER = "sisterline"  # the name under which `stand_in` is known to the codecs
# Signs that Unicode does not take apart, by the one of ASCII that is drawn instead.
_SIGNS = {
    ord(sign): plain
    for plain, signs in {"-": "–—−‐‑·", "'": "‘’‚", '"': "“”„", "*": "•", "x": "×"}.items()
    for sign in signs
}


def configure() -> None:
    """Make both standard streams fit for any text.

    Standard output that was closed (`>&-`) fails once something is written to it, as it does elsewhere;
    messages that nobody hears (`2>&-`) are lost, and must not come among the results instead.
    """
    if sys.stdout is None:
        # Nothing can be written to a file that was opened to be read: the same error as for a closed one.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    codecs.register_error(ERROR_HANDLER, replace_unencodable)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERROR_HANDLER)


def replace_unencodable(error: UnicodeError) -> tuple[str, int]:
    """What is written for characters that a stream cannot hold: as many cells, so that columns stay.

    A letter without its diacritics where that is ASCII (Ōmori, Omori), else question marks.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_cells_of, error.object[error.start : error.end])), error.end


def _cells_of(char: str) -> str:
    from sisterline.text.cells import width

    parts = unicodedata.normalize("NFKD", char.translate(_SIGNS))
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    cells = width(char)
    return letters if letters.isascii() and len(letters) == cells else "?" * cells
