"""Warnings: valid YAML that probably does not mean what its author wanted."""

import re
from collections.abc import Iterator

from sisterline.reading.slips import Slip, scalar_spans
from sisterline.translation import gettext as _

# A comment after a value should have two spaces before its # and one after it, as yamllint wants it too.
_SUSPECT_COMMENT = re.compile(r"[^\s#](?: #|[ \t]+#(?!#*(?:[ \t]|$)))", re.MULTILINE)


def cut_texts(text: str) -> Iterator[Slip]:
    """Texts without quotes, in valid YAML, that a comment directly after them may have cut off."""
    suspects = {match.start() + 1 for match in _SUSPECT_COMMENT.finditer(text)}
    if not suspects:
        return
    for start, end, style in scalar_spans(text):
        if end in suspects and not style and start < end:
            comment = text.index("#", end)
            message = _('the text "{text}" ends here: what follows " #" is a comment').format(
                text=text[start:end]
            )
            hint = _("quote text that has it, or put two spaces before the comment and one after its #")
            yield Slip(comment, message, hint)
