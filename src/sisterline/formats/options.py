"""How a report is written."""

from typing import IO, Literal

from msgspec import Struct

from sisterline.translation import gettext as _

Color = Literal["auto", "always", "never"]
Sources = Literal["full", "short", "none"]
# What a file is by its content. "text" is any text; "yaml" a data file, which is never replaced.
FileKind = Literal["text", "json", "calendar", "database", "workbook", "page", "yaml"]


class WriteOptions(Struct, frozen=True, kw_only=True):
    """How a report is written.

    Attributes:
        columns: which columns, and in what order; all where none is named.
        color: when there are colours.
        ascii_only: draw with ASCII only.
        sources: how the sources below a report are listed; None for the way that suits the output. With none
            the marks that cite them are left out as well.
        bom: begin with a byte order mark (U+FEFF as UTF-8), by which Excel knows UTF-8.
        format: the name of the format, for modules that write several.
    """

    columns: tuple[str, ...] = ()
    color: Color = "auto"
    ascii_only: bool = False
    sources: Sources | None = None
    bom: bool = False
    format: str = "table"


def write_text(out: IO[str], text: str) -> str:
    """Write a whole text to a stream.

    Returns:
        A note if the encoding of the stream cannot hold all of it, else nothing: no data is lost silently.
    """
    out.write(text)
    if supports_unicode(out):
        return ""
    encoding = getattr(out, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return _("not all characters can be written as {encoding}: -o FILE writes UTF-8").format(
            encoding=encoding
        )
    return ""


def supports_unicode(out: IO[str]) -> bool:
    """Whether a stream can hold any character, as UTF-8 and GB 18030 can and other national sets cannot."""
    try:
        "⇄┿━\U00020bb7".encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
