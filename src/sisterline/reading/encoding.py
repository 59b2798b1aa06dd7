"""The bytes of a file decoded, and what a file seems to be if it is not YAML in UTF-8."""

import os
import re
import stat
from pathlib import Path

from sisterline.errors import UnreadableError
from sisterline.reading.files import MAX_BYTES
from sisterline.translation import gettext as _
from sisterline.translation import marked

USE_YAML_HINT = marked("sisterline reads YAML files (sisterline init makes one)")

_BOM = b"\xef\xbb\xbf"
# UTF-32 first: one of its marks begins like one of UTF-16.
_OTHER_BOMS = {"UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "UTF-16": (b"\xff\xfe", b"\xfe\xff")}
_BINARY = (
    (b"SQLite format 3\0", marked("an SQLite database")),
    (b"\0\1\0\0Standard ", marked("an Access database")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        marked("a workbook or document of an old office program (.xls, .doc)"),
    ),
    (b"PK\3\4", marked("a workbook (.xlsx, .ods) or another ZIP archive")),
    (b"PK\5\6", marked("an empty ZIP archive")),
    (b"%PDF-", marked("a PDF document")),
    (b"{\\rtf", marked("an RTF document")),
    (b"\x1f\x8b", marked("a gzip archive")),
    (b"BZh", marked("a bzip2 archive")),
    (b"\xfd7zXZ\0", marked("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", marked("a 7z archive")),
    (b"\x89PNG\r\n", marked("a picture")),
    (b"\xff\xd8\xff", marked("a picture")),
    (b"GIF8", marked("a picture")),
)
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_SEPARATORS = {",": marked("commas"), ";": marked("semicolons"), "\t": marked("tabs")}
_SAMPLE = 64 << 10  # bytes that an encoding is guessed from
_LIKELY = 0.75  # least share of common characters for a guess


def read_bytes(path: Path, name: str) -> bytes:
    """The contents of a regular file, up to the length that it has when it is opened.

    Raises:
        UnreadableError: it does not exist, is not a regular file, is too large or cannot be read.
    """
    hint = _("name a .yaml file or a folder of them")
    irregular = UnreadableError(name, _("this is not a regular file"), hint)
    try:
        # Opening a pipe would block, and opening a device may have effects.
        if not stat.S_ISREG(path.stat().st_mode):
            raise irregular
        # The path may be replaced by a pipe before it is opened, which must not block either.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123  # Path.open takes no flags
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise irregular
            if status.st_size > MAX_BYTES:
                size = _("the file has {size} MiB, where {limit} are allowed").format(
                    size=f"{status.st_size >> 20:,}", limit=MAX_BYTES >> 20
                )
                raise UnreadableError(name, size, _("split it into several files"))
            return file.read(status.st_size)
    except FileNotFoundError:
        raise UnreadableError(name, _("there is no such file")) from None
    except OSError as error:
        message = _("cannot be read: {reason}").format(reason=error.strerror or error)
        raise UnreadableError(name, message) from None


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, without its byte order mark.

    Raises:
        UnreadableError: it is another kind of file, or in another encoding.
    """
    if kind := binary_kind(data):
        message = _("this is {kind}, not YAML").format(kind=_(kind))
        raise UnreadableError(name, message, _(USE_YAML_HINT), line=1, column=1)
    if codec := _marked_codec(data):
        refuse_table(data.decode(codec, "replace"), name)
        message = _("the file is {codec}, not UTF-8").format(codec=codec)
        raise UnreadableError(name, message, _("save it as UTF-8"), line=1, column=1)
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start + len(data) - len(error.object)
    encoding = guess_encoding(data, start)
    if encoding:
        refuse_table(data[:_SAMPLE].decode(encoding, "replace"), name)
    line_start = data.rfind(b"\n", 0, start) + 1
    column = len(data[line_start:start].removeprefix(_BOM).decode("utf-8")) + 1
    line = data.count(b"\n", 0, start) + 1
    message = _("byte {data} at offset {start} is not UTF-8").format(data=f"{data[start]:#04x}", start=start)
    hint = _("save the file as UTF-8")
    if encoding:
        hint = _("the file looks like {encoding}: save it as UTF-8").format(encoding=_ENCODINGS[encoding])
    raise UnreadableError(name, message, hint, line=line, column=column)


def decode_any(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file in the encoding that is found, and the name of that encoding.

    A byte order mark decides, then whether the bytes are UTF-8, then which characters are common.

    Raises:
        UnreadableError: no encoding is likely, or the likely one does not fit all bytes.
    """
    codec, encoding = _find_codec(data)
    hint = _("save the file as UTF-8")
    if not codec:
        raise UnreadableError(name, _("the encoding is unknown"), hint)
    try:
        return data.decode(codec), encoding
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("byte {data} at offset {start} is not {encoding}").format(
            data=f"{data[error.start]:#04x}", start=error.start, encoding=encoding
        )
        raise UnreadableError(name, message, hint, line=line, column=1) from None


def _find_codec(data: bytes) -> tuple[str, str]:
    """The likely codec of a text, and its name for people; empty if none is likely."""
    if data.startswith(_BOM):
        return "utf-8-sig", _("UTF-8 with a byte order mark")
    if codec := _marked_codec(data):
        return codec, codec
    zeros = data[:_SAMPLE].count(0)
    if 8 * zeros > len(data[:_SAMPLE]):  # half of the bytes of ASCII characters in UTF-16 are zero
        codec = _unmarked_utf16(data)
        return codec, codec
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        codec = _unmarked_utf16(data) if zeros else guess_encoding(data, error.start)
        return codec, _ENCODINGS.get(codec, codec)
    return "utf-8", "UTF-8"


def _marked_codec(data: bytes) -> str:
    """UTF-16 or UTF-32 where a text begins with its byte order mark; else empty."""
    return next((codec for codec, marks in _OTHER_BOMS.items() if data.startswith(marks)), "")


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 in the byte order in which the high bytes of ASCII characters are zero."""
    sample = data[:_SAMPLE]
    if sample[1::2].count(0) >= sample[::2].count(0):
        return "UTF-16-LE"
    return "UTF-16-BE"


def refuse_table(text: str, name: str) -> None:
    """Check that a text does not look like a CSV file, rather than YAML.

    It does if its name has such a suffix, or if its first two lines have equally many separators and no key.

    Raises:
        UnreadableError: it does.
    """
    message = ""
    suffix = Path(name).suffix.lower()
    lines = [line for line in text[:_SAMPLE].removeprefix("\ufeff").splitlines() if line.strip()][:2]
    if suffix in _TABLE_SUFFIXES:
        message = _("this is a {format} file, not YAML").format(format=suffix[1:].upper())
    elif len(lines) == 2 and not re.match(r"\s*[\[{#&*!|>%@-]|[^,;\t]*:(?:\s|$)", lines[0]):
        for separator, plural in _SEPARATORS.items():
            counts = [re.sub(r'"[^"]*"', "", line).count(separator) for line in lines]
            if counts[0] and counts[0] == counts[1]:
                message = _("this is a table with {separators} (CSV), not YAML").format(separators=_(plural))
                break
    if message:
        raise UnreadableError(name, message, _(USE_YAML_HINT), line=1, column=1)


def binary_kind(data: bytes) -> str:
    """The kind of a file by its first bytes; empty if it may be YAML."""
    for signature, kind in _BINARY:
        if data.startswith(signature):
            return kind
    start = data[:200].removeprefix(_BOM).lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return marked("an HTML page")
    if start.startswith(b"<?xml"):
        return marked("an XML file")
    return ""


# --- guessing an encoding -----------------------------------------------------------------------------

_ENCODINGS = {
    "cp932": "Shift_JIS",
    "gb18030": "GB 18030 (GBK)",
    "euc_jp": "EUC-JP",
    "big5": "Big5",
    "cp1252": "Windows-1252 (Latin-1)",
}
# The lead bytes of the first levels: JIS X 0208, GB 2312, Big5.
_COMMON_LEADS = {"cp932": (0x88, 0x98), "gb18030": (0xB0, 0xD7), "euc_jp": (0xB0, 0xCF), "big5": (0xA4, 0xC6)}
_KANA = re.compile("[\u3041-\u30fe]")
_PUNCTUATION = re.compile("[\u3000-\u3029\uff01-\uff5e]")
# In Latin text a letter with a diacritic is next to a plain one; bytes of other encodings come in rows.
_LONE_LETTER = re.compile(
    r"(?<![^\x00-\x7f])[À-ÖØ-öø-ÿŒœŠšŽž–’](?![^\x00-\x7f])(?:(?<=[A-Za-z].)|(?=[A-Za-z ]))"
)


def guess_encoding(data: bytes, first_bad: int) -> str:
    """The codec in which most characters beyond ASCII are common ones; empty if none is likely.

    Args:
        data: bytes that are not UTF-8.
        first_bad: index of the first byte that is not. With a byte order mark, or with three-byte characters
            before that byte, it is damaged UTF-8; two-byte characters occur in other encodings by chance.
    """
    if data.startswith(_BOM) or re.search("[\u0800-\uffff]", data[:first_bad].decode("utf-8")):
        return ""
    sample = data[:_SAMPLE]
    scores = {codec: _share_of_common(sample, codec) for codec in _ENCODINGS}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _LIKELY else ""


def _share_of_common(data: bytes, codec: str) -> float:
    """The share of common characters among those beyond ASCII, for bytes decoded with a codec."""
    text = data.decode(codec, "replace")
    if len(data) == _SAMPLE:
        text = text[:-1]  # which may be half a character
    foreign = [char for char in text if not char.isascii()]
    if not foreign:
        return 0
    if codec == "cp1252":
        return len(_LONE_LETTER.findall(text)) / len(foreign)
    if len(foreign) < 2:
        return 0  # one alone is a character of almost any encoding
    kana = len(_KANA.findall(text))
    if codec == "euc_jp" and not kana:
        return 0  # the same bytes are common characters of GB 18030
    if codec == "gb18030" and 10 * kana > len(foreign):
        return 0  # Japanese: the kana of EUC-JP have the same bytes
    return sum(_is_common(char, codec) for char in foreign) / len(foreign)


def _is_common(char: str, codec: str) -> bool:
    """Whether a character is kana, punctuation or in the first level of its national standard."""
    if _KANA.match(char) or _PUNCTUATION.match(char):
        return True
    encoded = char.encode(codec, "replace")
    if len(encoded) != 2:
        return False
    lead, trail = encoded
    if codec == "gb18030" and trail < 0xA1:
        return False
    first, last = _COMMON_LEADS[codec]
    return first <= lead <= last
