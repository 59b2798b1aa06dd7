"""Writes the page: fills the template, and puts data, style and scripts into the one file.

Texts of the data get into the page as escaped text (Jinja2's autoescape) or as JSON, of which the scripts
make text nodes only. The page's own policy (CSP, level 3) lets no other style or script run, and nothing be
loaded.
"""

from pathlib import Path
from typing import IO, Any

import msgspec

from sisterline.formats.html.content import content_of, page_data, printable_report
from sisterline.formats.html.drawing import axis_style
from sisterline.formats.html.squeeze import squeezed_script, squeezed_style
from sisterline.formats.options import WriteOptions, write_text
from sisterline.reports.page import PageReport

_FOLDER = Path(__file__).parent
# In the order in which they are put together.
_STYLES = ("tokens", "frame", "list", "pair", "map", "figures", "narrow", "print")
_SCRIPTS = (
    "base", "words", "search", "selection", "list", "pair", "map", "figures", "anniversaries",
    "address", "controls",
)  # fmt: skip


def write(report: PageReport, out: IO[str], options: WriteOptions) -> str:
    """Write the page, which is UTF-8 whatever the encoding of the stream."""
    return write_text(out, text(report))


def text(report: PageReport) -> str:
    """The page as HTML."""
    from markupsafe import Markup

    report, encoded = printable_report(report)
    data = page_data(report, encoded)
    style = axis_style(report) + "".join(squeezed_style(_read("style", f"{name}.css")) for name in _STYLES)
    script = "".join(squeezed_script(_read("script", f"{name}.js")) for name in _SCRIPTS)
    page: str = _template().render(
        content_of(report, data),
        style=Markup(style),  # noqa: S704  # ours, and it must not be escaped
        script=Markup(script),  # noqa: S704  # likewise
        data=Markup(_inert_json(data)),  # noqa: S704  # escaped for where it is
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return page


def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(_FOLDER), cache_size=0
    )
    return environment.get_template("page.html")


def _inert_json(data: Any) -> str:
    """JSON for a script element: nothing in it can end the element, or begin a comment in it."""
    return msgspec.json.encode(data).decode().replace("<", "\\u003c")


def _read(folder: str, name: str) -> str:
    return _FOLDER.joinpath(folder, name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash by which the policy allows a text (CSP level 3, 2.3.1)."""
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
