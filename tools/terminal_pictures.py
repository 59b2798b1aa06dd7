"""Take the pictures of docs/explore.md in xterm: `make terminal-pictures`.

It needs Xvfb, xterm, xdotool, ImageMagick and the fonts DejaVu Sans Mono and Noto Sans Mono CJK
(`apt-get install xvfb xterm xdotool imagemagick fonts-dejavu-core fonts-noto-cjk`).
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
PROGRAM = Path(sys.executable).with_name("sisterline")
DISPLAY = ":97"
TOOLS = ("Xvfb", "xterm", "xdotool", "import", "convert")
START = 5.0  # seconds until the first screen is there, on a busy machine
KEY = 1.0  # seconds until a key has done what it does


class Picture(NamedTuple):
    """A picture: its name, the size of the terminal, its colours, the options of the call, and the keys."""

    name: str
    size: str
    background: str
    foreground: str
    options: tuple[str, ...]
    keys: tuple[str, ...]


PICTURES = (
    Picture("explore-search", "110x24", "black", "white", (), ("北", "海", "Return")),
    Picture("explore-chart", "110x24", "white", "black", ("--region", "Hebei"), ("c", "Down", "Left")),
)


def take(picture: Picture) -> None:
    """Take one picture."""
    command = [
        "xterm", "-u8", "-tn", "xterm-256color", "-b", "4", "-geometry", f"{picture.size}+0+0",
        "-bg", picture.background, "-fg", picture.foreground,
        "-fa", "DejaVu Sans Mono", "-fd", "Noto Sans Mono CJK SC", "-fs", "10",
        "-e", str(PROGRAM), "explore", "--today", "2026-11-21", *picture.options,
    ]  # fmt: skip
    terminal = subprocess.Popen(command, env=os.environ | {"LC_ALL": "C.UTF-8"})
    time.sleep(START)
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", "xterm"], check=True, capture_output=True, text=True
    )
    window = found.stdout.split()[0]
    subprocess.run(["xdotool", "mousemove", "500", "350", "windowfocus", window], check=True)
    for key in picture.keys:
        typed = ["key", key] if key.isascii() else ["type", key]
        subprocess.run(["xdotool", *typed], check=True)
        time.sleep(KEY)
    whole = FOLDER / f"{picture.name}.png"
    subprocess.run(["import", "-window", window, str(whole)], check=True)
    subprocess.run(["convert", str(whole), "-strip", "-colors", "24", f"PNG8:{whole}"], check=True)
    terminal.terminate()
    terminal.wait()


def main() -> int:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"terminal_pictures: install {', '.join(missing)}", file=sys.stderr)
        return 1
    os.environ["DISPLAY"] = DISPLAY
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x900x24"])
    try:
        time.sleep(START)
        for picture in PICTURES:
            take(picture)
    finally:
        server.terminate()
        server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
