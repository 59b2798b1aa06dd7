"""Firefox and WebKitGTK, which has Safari's engine, driven by the commands of WebDriver.

Commands: https://www.w3.org/TR/webdriver2/. WebKitGTK takes them over HTTP by its WebKitWebDriver, Firefox
over a socket: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
"""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

Found = TypeVar("Found")

TAB, ENTER, ESCAPE, SHIFT = "\ue004", "\ue007", "\ue00c", "\ue008"
_PATIENCE = 60  # seconds that a start may take on a busy machine
_HTTP = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "Back": "back",
    "SetWindowRect": "window/rect",
}


def _wait_for(find: Callable[[], Found], what: str, patience: float = _PATIENCE) -> Found:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = find()
        if found:
            return found
        time.sleep(0.05)
    pytest.fail(f"{what} did not come within {patience} s")


class Driver(ABC):
    """A browser with one window."""

    def open(self, address: str) -> None:
        # Of two addresses that differ after the # only, the second would not be loaded.
        self._command("Navigate", {"url": "about:blank"})
        self._command("Navigate", {"url": address})

    def resize(self, width: int, height: int) -> None:
        self._command("SetWindowRect", {"width": width, "height": height})

    def script(self, text: str, *arguments: object) -> Any:
        """What a function body returns in the page; names that scripts of the page declare are not seen."""
        return self._command("ExecuteScript", {"script": text, "args": arguments})

    def wait_for(self, condition: str) -> None:
        _wait_for(lambda: self.script(f"return Boolean({condition})"), condition, patience=10)

    def press(self, *keys: str, shift: bool = False) -> None:
        """Press keys, one after the other; text is a key for each character."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        if shift:
            strokes = [{"type": "keyDown", "value": SHIFT}, *strokes, {"type": "keyUp", "value": SHIFT}]
        self._command("PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def back(self) -> None:
        self._command("Back", {})

    @abstractmethod
    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        """The value of a command."""

    @abstractmethod
    def close(self) -> None: ...


class Firefox(Driver):
    """A Firefox with a new profile, without a window on any screen."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if program is None:
            pytest.skip("Firefox is not installed: apt-get install firefox-esr")
        (folder / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="utf-8")
        # Without system access, which is for tests, nobody can read the messages on the console.
        words = (
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--no-remote",
            "--profile",
            folder,
        )
        self._process = subprocess.Popen(
            [program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        port = _wait_for(lambda: _text_of(folder / "MarionetteActivePort"), "Firefox")
        self._socket = socket.create_connection(("127.0.0.1", int(port)), timeout=_PATIENCE)
        self._answers = self._socket.makefile("rb")
        self._number = 0
        self._receive()  # a greeting
        self._send("WebDriver:NewSession", {})

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        return self._send(f"WebDriver:{name}", parameters).get("value")

    def _send(self, name: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._receive()
        assert error is None, error
        return result

    def _receive(self) -> Any:
        length = b""
        while (byte := self._answers.read(1)) != b":":
            length += byte
        return json.loads(self._answers.read(int(length)))

    def messages(self) -> list[str]:
        """What pages of files made Firefox write to its console: errors, warnings, breaches of the policy."""
        self._send("Marionette:SetContext", {"value": "chrome"})
        found = self.script("return Services.console.getMessageArray().map(String)")
        self._send("Marionette:SetContext", {"value": "content"})
        return [message for message in found if "file:///" in message]

    def close(self) -> None:
        self._send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._answers.close()
        self._socket.close()
        self._process.wait(timeout=_PATIENCE)


class WebKit(Driver):
    """The small browser that comes with WebKitGTK, on a screen of its own."""

    def __init__(self) -> None:
        browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
        if not (browser and shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
            pytest.skip("WebKitGTK is not installed: apt-get install webkit2gtk-driver xvfb")
        screen = ("-displayfd", "1", "-screen", "0", "1600x1200x24")
        self._processes = [
            subprocess.Popen(["Xvfb", *screen], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        ]
        assert self._processes[0].stdout is not None
        display = self._processes[0].stdout.readline().decode().strip()
        environment = {**os.environ, "DISPLAY": f":{display}", "NO_AT_BRIDGE": "1"}
        port = _free_port()
        self._processes.append(
            subprocess.Popen(
                ["WebKitWebDriver", f"--port={port}"],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        self._address = f"http://127.0.0.1:{port}"
        _wait_for(self._ready, "WebKitWebDriver")
        options = {"binary": str(browser), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self._address += "/session/" + self._post("/session", wanted)["sessionId"]

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._address}/status", timeout=5):
                return True
        except urllib.error.URLError:
            return False

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        return self._post(f"/{_HTTP[name]}", parameters)

    def _post(self, path: str, parameters: dict[str, Any]) -> Any:
        request = urllib.request.Request(self._address + path, json.dumps(parameters).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            return json.load(answer)["value"]

    def close(self) -> None:
        request = urllib.request.Request(self._address, method="DELETE")
        with urllib.request.urlopen(request, timeout=_PATIENCE):
            pass
        for process in reversed(self._processes):
            process.terminate()
            process.communicate(timeout=_PATIENCE)


def _text_of(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.exists() else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
