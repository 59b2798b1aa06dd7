"""Completion in bash, zsh and fish, where what Typer prints is not what the shell needs.

Typer's scripts call the program with the command line in environment variables. This module rewrites the line
as Typer understands it (`--city=Kob` becomes two words), and Typer's output as the shell understands it.
"""

import contextlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

_ACTION = "_SISTERLINE_COMPLETE"  # set by the scripts: the action and the shell, as in complete_bash
_LINE = "_TYPER_COMPLETE_ARGS"  # the line up to the cursor, for zsh and fish
# zsh runs the file as the function _sisterline for the first completion, which Typer's script only prepares.
_ZSH_FIRST_CALL = """
if [ "$funcstack[1]" = "_sisterline" ]; then
  _sisterline_completion "$@"
fi
"""
_Program = Callable[[list[str]], object]


def answer(program: _Program) -> int:
    """Print the completions of a line in the form of its shell, and return the exit status.

    Fish calls twice: for the completions, and (is-args) for an exit status that says whether there are any;
    if there are none, it completes files.

    Args:
        program: runs the command line; Typer completes instead when the variables of its scripts are set.
    """
    shell = os.environ.get(_ACTION, "").rpartition("_")[2]
    option = ""
    if shell == "bash":
        _join_bash_words()
    elif shell in ("zsh", "fish"):
        option = _split_last_word()
    status, text = _captured(program, [])
    if option and shell == "zsh":
        text = f"compset -P '*='; {text}"  # the option before the value is not part of the word
    elif option and text.strip():
        text = "".join(f"{option}={line}\n" for line in text.splitlines())
    print(text, end="")
    return status


def _join_bash_words() -> None:
    """Remove the = between an option and its value, which bash treats as a word."""
    text = os.environ.get("COMP_WORDS", "")
    separator = " "
    if "\n" in text:
        separator = "\n"
    words = text.split(separator)
    try:
        cursor = int(os.environ.get("COMP_CWORD", ""))
    except ValueError:
        return
    signs = [n for n, word in enumerate(words) if word == "=" and n and words[n - 1].startswith("--")]
    kept = [word for n, word in enumerate(words) if n not in signs]
    os.environ["COMP_WORDS"] = separator.join(kept)
    os.environ["COMP_CWORD"] = str(cursor - sum(n < cursor for n in signs))


def _split_last_word() -> str:
    """Split `--city=Kob` at the end of the line into two words, and return `--city`; "" if there is none."""
    line = os.environ.get(_LINE, "")
    match = re.search(r"(?<=\s)(--[a-z-]+)=(\S*)$", line)
    if match is None:
        return ""
    os.environ[_LINE] = f"{line[: match.start()]}{match[1]} {match[2]}"
    return match[1]


def _captured(program: _Program, arguments: list[str]) -> tuple[int, str]:
    """Run the program, and return its exit status and standard output."""
    status = 0
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            program(arguments)
        except SystemExit as exited:
            if isinstance(exited.code, int):
                status = exited.code
    return status, out.getvalue()


# --- installing -----------------------------------------------------------------------------------


def install(program: _Program, arguments: list[str]) -> bool:
    """Install completion for zsh, and for fish if XDG_CONFIG_HOME is set.

    Typer writes to the home folder, but zsh reads the .zshrc in ZDOTDIR, and fish the folder XDG_CONFIG_HOME.
    Typer's script for zsh is loaded by the first tab, and completes nothing before the second.

    Args:
        program: runs the command line, to print Typer's script for the shell.
        arguments: the name of the shell, if it was typed.

    Returns:
        Whether completion was installed; False if Typer should do it.

    Raises:
        OSError: a file cannot be written.
    """
    status, script = _captured(program, ["--show-completion", *arguments])
    match = re.search(rf"{_ACTION}=complete_(zsh|fish)\b", script)
    if status or match is None:
        return False
    shell = match[1]
    if shell == "fish" and _fish_folder() == Path.home() / ".config":
        return False
    if shell == "zsh":
        folder = _zsh_folder()
        path = folder / ".zfunc" / "_sisterline"
        script += _ZSH_FIRST_CALL
        _add_to_zshrc(folder / ".zshrc")
    else:
        path = _fish_folder() / "fish" / "completions" / "sisterline.fish"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    print(f"{shell} completion installed in {path}")
    print("Completion will take effect once you restart the terminal")
    return True


def _zsh_folder() -> Path:
    """The folder of .zshrc: ZDOTDIR, if it is exported, or the home folder."""
    if folder := os.environ.get("ZDOTDIR", ""):
        return Path(folder)
    return Path.home()


def _fish_folder() -> Path:
    """The folder with that of fish (XDG Base Directory Specification: a relative path is ignored)."""
    configured = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    if configured.is_absolute():
        return configured
    return Path.home() / ".config"


def _add_to_zshrc(path: Path) -> None:
    """Add the line to .zshrc that loads completions from the folder .zfunc next to it, unless it is there."""
    folder = "$ZDOTDIR"
    if path.parent == Path.home():
        folder = "~"
    line = f"fpath+={folder}/.zfunc; autoload -Uz compinit; compinit"
    before = ""
    if path.is_file():
        before = path.read_text(encoding="utf-8", errors="surrogateescape")
    if line in before:
        return
    if before and not before.endswith("\n"):
        before += "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{before}{line}\n", encoding="utf-8", errors="surrogateescape")
