"""Standard streams that can be written to, and the environment variables that say how.

No stream is missing, and none fails because of a character.
"""

import codecs
import io
import os
import re
import sys
import unicodedata

ERROR_HANDLER = "sisterline"  # the name by which codecs know `replace_unencodable`
# Signs without a decomposition in Unicode, with the ASCII sign that is drawn instead.
_SIGNS = {
    ord(sign): plain
    for plain, signs in {"-": "–—−‐‑·", "'": "‘’‚", '"': "“”„", "*": "•", "x": "×"}.items()
    for sign in signs
}


# Values of the variables that force colours which force none.
_NOT_FORCED = ("", "0", "false", "no")


def settle_environment() -> None:
    """Give the variables that Rich and Typer read the meaning that they have for other programs.

    Rich takes every FORCE_COLOR that is not empty, also 0, as a request for colours, and does not know
    CLICOLOR_FORCE (bixense.com/clicolors). Typer takes GITHUB_ACTIONS and PY_COLORS as such requests. Both
    accept any COLUMNS and LINES, also 0 or digits of other scripts.
    """
    for name in ("COLUMNS", "LINES"):
        if not re.fullmatch(r"[1-9]\d{0,3}", os.environ.get(name, "1"), re.ASCII):
            del os.environ[name]
    for name in ("GITHUB_ACTIONS", "PY_COLORS"):
        os.environ.pop(name, None)
    forced = os.environ.pop("CLICOLOR_FORCE", "")
    forced = os.environ.pop("FORCE_COLOR", forced)
    if forced.lower() not in _NOT_FORCED:
        os.environ["FORCE_COLOR"] = forced


def configure() -> None:
    """Make both standard streams accept any text.

    Standard output that was closed (`>&-`) fails once something is written to it, as in other programs.
    Messages to a closed standard error (`2>&-`) are lost, and must not end up among the results.
    """
    if sys.stdout is None:
        # Writing to a file that was opened for reading fails as writing to a closed one does.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    codecs.register_error(ERROR_HANDLER, replace_unencodable)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERROR_HANDLER)


def replace_unencodable(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that a stream cannot encode by as many cells, so that columns still line up.

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
