"""The box that somebody types into: what is pasted there stays text."""

from textual.widgets import Input

from sisterline.text.escape import escape_unsafe


class Box(Input):
    """A line of text without characters that would act on the terminal: those are left out."""

    def validate_value(self, value: str) -> str:
        """Textual calls this with every new text of the box."""
        return escape_unsafe(" ".join(value.splitlines()), _nothing)


def _nothing(_char: str) -> str:
    return ""
