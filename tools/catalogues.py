"""Compiles the catalogues of translations when the package is built, and in an editable install alike.

Hatchling runs `CustomBuildHook` (pyproject.toml); `make translations` and the Makefile run the same function.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src", "sisterline", "locale")
_NAME = "sisterline"


def po_files(root: Path) -> list[Path]:
    """The catalogues as translators edit them, by language."""
    return sorted((root / LOCALE).glob(f"*/LC_MESSAGES/{_NAME}.po"))


def compiled(po_file: Path) -> bytes:
    """A catalogue as the program loads it; fuzzy messages are left out."""
    from io import BytesIO

    with po_file.open("rb") as file:
        catalogue = read_po(file)
    # The date of the file would make other bytes of the same messages.
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def compile_catalogues(root: Path) -> None:
    """Write sisterline.mo next to each sisterline.po."""
    for po_file in po_files(root):
        po_file.with_suffix(".mo").write_bytes(compiled(po_file))


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles before hatchling collects the files of a wheel, also of an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root))
