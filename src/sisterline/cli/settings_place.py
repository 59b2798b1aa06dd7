"""Where the user's settings file is: apart from `settings`, which --version and --help need not load."""

import os
import sys
from functools import cache
from pathlib import Path

CONFIG_VARIABLE = "SISTERLINE_CONFIG"


def settings_path() -> tuple[Path | None, bool]:
    """The settings file, None if there can be none, and whether SISTERLINE_CONFIG names it.

    The file is the user's own: nothing is ever read from the current folder, which may be somebody else's.
    """
    if named := os.environ.get(CONFIG_VARIABLE):
        # Not Path.expanduser, which fails where there is no such user.
        return Path(os.path.expanduser(named)), True  # noqa: PTH111
    try:
        return _config_folder() / "sisterline" / "config.toml", False
    except RuntimeError:  # no home folder
        return None, False


def _config_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    if given.is_absolute():  # XDG Base Directory Specification: ignore a relative path
        return given
    return Path.home() / ".config"


@cache
def exists(path: Path) -> bool:
    """Whether there is something to read; the null device has no settings. A call looks once (`app.run`)."""
    if str(path) == os.devnull:
        return False
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True
