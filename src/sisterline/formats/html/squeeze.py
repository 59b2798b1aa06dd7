"""Style sheets and scripts without what only their readers need: comments, indentation, blanks."""

import re
from collections.abc import Iterable

# What a script holds that must stay as it is: texts, templates without templates in them, and regular
# expressions, which here come after an opening parenthesis, or a blank and one of = ! , :.
_REGULAR = r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_LITERAL = re.compile(rf'("(?:[^"\\\n]|\\.)*"|`[^`]*`|(?<=[(!]){_REGULAR}|(?<=[=!,:] ){_REGULAR})')
_BLANKS = re.compile(r" ?([=+*<>?:&|,;{}()\[\]!%/-]+) ?")
# A line that ends otherwise may be a statement which the end of the line ends.
_LINE_BREAKS = re.compile(r"(?<=[{},(;])\n|\n(?=})")

# The last semicolon of a block, the last comma of a list, the zero before a decimal point.
_NEEDLESS = re.compile(r";(?=})|,(?=[}\])])|(?<![\w.])0(?=\.\d)")


def squeezed_style(style: str) -> str:
    """A style sheet."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,>!]) ?", r"\1", style)
    return re.sub(r"([\w-]): ", r"\1:", style).replace(";}", "}").strip()


def squeezed_script(script: str) -> str:
    """A script whose comments are lines of their own, and whose statements end with a semicolon."""
    lines = (line.strip() for line in script.splitlines())
    kept = (f"{line}\n" for line in lines if line and not line.startswith("//"))
    parts = _LITERAL.split("".join(_declared_at_once(kept)))
    parts[::2] = map(_squeezed_code, parts[::2])
    return "".join(parts)


def _declared_at_once(lines: Iterable[str]) -> list[str]:
    """Lines, of which those that follow each other and each declare a constant are one declaration."""
    joined = [""]
    for line in lines:
        last = joined[-1]
        if line.startswith("const ") and last.startswith("const ") and last.endswith(";\n"):
            joined[-1] = last.removesuffix(";\n") + "," + line.removeprefix("const ")
        else:
            joined.append(line)
    return joined


def _squeezed_code(code: str) -> str:
    """A part of a script that holds no literal."""
    return _NEEDLESS.sub("", _LINE_BREAKS.sub("", _BLANKS.sub(r"\1", code)))
