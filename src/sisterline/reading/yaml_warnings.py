"""What is valid YAML but probably does not mean what its writer wanted."""

import re
from collections.abc import Iterator

from sisterline.reading.slips import Slip, scalar_spans

# A comment after a value has two spaces before its # and one after it: yamllint's rule as well.
_SUSPECT_COMMENT = re.compile(r"[^\s#](?: #|[ \t]+#(?!#*(?:[ \t]|$)))", re.MULTILINE)


def cut_texts(text: str) -> Iterator[Slip]:
    """Texts without quotes that a comment directly after them may have cut, in valid YAML."""
    suspects = {match.start() + 1 for match in _SUSPECT_COMMENT.finditer(text)}
    if not suspects:
        return
    for start, end, style in scalar_spans(text):
        if end in suspects and not style and start < end:
            comment = text.index("#", end)
            message = f'the text "{text[start:end]}" ends here: what follows " #" is a comment'
            hint = "quote a text that holds it, or put two spaces before the comment and one after its #"
            yield Slip(comment, message, hint)
