"""A browser that opens pages, and notes whatever a page should not do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Set where a browser must be there, as in CI: a test is then not skipped but fails. Read before conftest.py
# removes all settings of the program from the environment.
_REQUIRED = bool(os.environ.get("SISTERLINE_BROWSER"))
_NAMES = ("chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = (1280, 800), (390, 844)


def _missing(what: str) -> None:
    message = f"{what} is not installed: apt-get install chromium, and `make test` for playwright"
    if _REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def started_browser() -> Iterator[Any]:
    """The Chromium of the system; the test is skipped where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        _missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Faults:
    """What pages did that they should not: messages on the console, errors, requests of any other file."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def watch(self, page: Any, path: Path) -> None:
        page.on("console", lambda message: self.found.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("request", lambda request: self._note(request.url, path))

    def _note(self, url: str, path: Path) -> None:
        if url.partition("#")[0] != path.as_uri():
            self.found.append(f"request: {url}")


class Tabs:
    """Opens pages in tabs of their own, in a browser."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.faults = Faults()

    def open(
        self,
        path: Path,
        address: str = "",
        *,
        size: tuple[int, int] = DESKTOP,
        dark: bool = False,
        scripts: bool = True,
    ) -> Any:
        """A page of a file at an address, which begins with #."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="en-GB",
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        self.faults.watch(page, path)
        page.goto(path.as_uri() + address)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
