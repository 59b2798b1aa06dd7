"""Compiled catalogues of translations (GNU gettext, "The Format of GNU MO Files"), read message by message.

`gettext.GNUTranslations` decodes a whole catalogue first: 1.3 ms for all messages of the program, of which a
call needs some thirty.
"""

from array import array
from bisect import bisect_left
from gettext import NullTranslations, c2py

_MAGIC = 0x950412DE
_CONTEXT = "\x04"  # between a context and its message


class Catalogue(NullTranslations):
    """The messages of a language; a message that is not in it is returned as it is.

    Args:
        content: of a .mo file.

    Raises:
        ValueError: it is none.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content
        words = array("I", content[: len(content) // 4 * 4])
        if words and words[0] != _MAGIC:
            words.byteswap()
        if not words or words[0] != _MAGIC:
            raise ValueError("not a catalogue of messages")
        count, originals, translations = words[2], words[3] // 4, words[4] // 4
        # Each table has pairs of a length and an offset; the texts are in the order of the tables.
        self._offsets = words[originals + 1 : originals + 2 * count : 2]
        self._translations = words[translations : translations + 2 * count]
        self._known: dict[str, str | None] = {}

    def gettext(self, message: str) -> str:
        """A message in the language."""
        found = self._find(message)
        return message if not found else found.partition("\0")[0]

    def pgettext(self, context: str, message: str) -> str:
        """A message that has a context."""
        found = self._find(f"{context}{_CONTEXT}{message}")
        return message if not found else found.partition("\0")[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A message whose words depend on a count."""
        return self._form(self._find(msgid1), n) or super().ngettext(msgid1, msgid2, n)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """A message that has a context, and whose words depend on a count."""
        found = self._find(f"{context}{_CONTEXT}{msgid1}")
        return self._form(found, n) or super().ngettext(msgid1, msgid2, n)

    def _form(self, found: str | None, n: int) -> str:
        """The form for a count: Chinese and Japanese have one only."""
        forms = (found or "").split("\0")
        if len(forms) == 1:
            return forms[0]
        rule = (self._find("") or "").partition("plural=")[2].partition(";")[0]
        return forms[int(c2py(rule)(n))]

    def _find(self, key: str) -> str | None:
        """The translation of a key, its forms separated by NUL; None if there is none."""
        if key not in self._known:
            self._known[key] = self._search(key.encode())
        return self._known[key]

    def _search(self, key: bytes) -> str | None:
        # Each text ends with NUL, and so does the first of two forms.
        at = self._offsets[0]
        while (at := self._content.find(key + b"\0", at)) >= 0:
            number = bisect_left(self._offsets, at)
            if number < len(self._offsets) and self._offsets[number] == at:
                length, offset = self._translations[2 * number : 2 * number + 2]
                return self._content[offset : offset + length].decode()
            at += 1
        return None
