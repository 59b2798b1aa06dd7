"""Standard streams that accept any text, and the environment variables for colours and widths."""

import codecs
import io
import os
import re
import sys
import unicodedata

ERROR_HANDLER = "sisterline"  # the name of `replace_unencodable` among the error handlers of codecs
# Characters that Unicode does not decompose, with the ASCII character that replaces them.
_SIGNS = {
    ord(sign): plain
    for plain, signs in {"-": "–—−‐‑·", "'": "‘’‚", '"': "“”„", "*": "•", "x": "×"}.items()
    for sign in signs
}


# Values of FORCE_COLOR and CLICOLOR_FORCE that do not force colours.
_NOT_FORCED = ("", "0", "false", "no")


def settle_environment() -> None:
    """Change environment variables so that Rich and Typer treat them as other programs do.

    Rich forces colours if FORCE_COLOR is anything but empty, even 0, and ignores CLICOLOR_FORCE
    (bixense.com/clicolors). Typer forces them if GITHUB_ACTIONS or PY_COLORS is set. Both accept any COLUMNS
    and LINES, even 0 or digits of other scripts.
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

    If standard output is closed (`>&-`), writing to it fails, as in other programs. If standard error is
    closed (`2>&-`), messages are lost; they must not appear among the results.
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
    """Replace characters that a stream cannot encode, each by as many cells, so that columns line up.

    A letter loses its diacritics if it is ASCII then (Ōmori, Omori); anything else becomes question marks.

    Returns:
        The replacement, and the position from which encoding continues, as `codecs.register_error` requires.

    Raises:
        UnicodeError: the error is not one of encoding.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_cells_of, error.object[error.start : error.end])), error.end


def _cells_of(char: str) -> str:
    from sisterline.text.cells import width

    parts = unicodedata.normalize("NFKD", char.translate(_SIGNS))
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    cells = width(char)
    if letters.isascii() and len(letters) == cells:
        return letters
    return "?" * cells
