"""Style sheets and scripts without what only their readers need: comments, indentation, blanks."""

import re

# What a script holds that must stay as it is: texts, templates without templates in them, and regular
# expressions, which here come after an opening parenthesis, or a blank and one of = ! , :.
_REGULAR = r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_LITERAL = re.compile(rf'("(?:[^"\\\n]|\\.)*"|`[^`]*`|(?<=[(!]){_REGULAR}|(?<=[=!,:] ){_REGULAR})')
_BLANKS = re.compile(r" ?([=+*<>?:&|,;{}()\[\]!%/-]+) ?")
_LINE_BREAKS = re.compile(r"(?<=[{,(;])\n")


def squeezed_style(style: str) -> str:
    """A style sheet."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,>]) ?", r"\1", style)
    return re.sub(r"([a-z-]): ", r"\1:", style).replace(";}", "}").strip()


def squeezed_script(script: str) -> str:
    """A script whose comments are lines of their own; the lines stay where they may end a statement."""
    lines = (line.strip() for line in script.splitlines())
    kept = "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
    parts = _LITERAL.split(kept)
    parts[::2] = [_LINE_BREAKS.sub("", _BLANKS.sub(r"\1", part)) for part in parts[::2]]
    return "".join(parts)
