"""Take the pictures of docs/page.md with Chromium: `make pictures`, after `make page`.

They are JPEG, because four of them in PNG are as large as all other documents together.
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "build" / "sisterline.html"
FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """A picture: its name, the address it shows, the size of the window, and whether it is dark."""

    name: str
    address: str
    size: tuple[int, int]
    dark: bool = False


PICTURES = (
    Picture("page-list", "", (1280, 640)),
    Picture("page-pair", "#nanjing-nagoya", (1280, 800)),
    Picture("page-map", "#view=map&place=tianjin", (1280, 780)),
    Picture("page-figures", "#view=figures", (1280, 800), dark=True),
    Picture("page-phone", "#q=北海&lang=zh", (390, 780)),
)


def main() -> int:
    browser_path = shutil.which("chromium")
    if browser_path is None or not PAGE.exists():
        print("pictures: install chromium, and run `make page` first", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for picture in PICTURES:
            width, height = picture.size
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if picture.dark else "light",
            )
            page.goto(PAGE.as_uri() + picture.address)
            page.screenshot(path=FOLDER / f"{picture.name}.jpg", type="jpeg", quality=60)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
