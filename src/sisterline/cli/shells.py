"""Completion as bash, zsh and fish ask for it, where Typer's answer is not what the shell needs.

Typer's scripts call the program with the line in variables. Here the line is written as Typer understands it
(an option and its value in one word, `--city=Kob`, become two), and the answer as the shell does.
"""

import contextlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

_ASKED = "_SISTERLINE_COMPLETE"  # set by the scripts: the action and the shell, as in complete_bash
_LINE = "_TYPER_COMPLETE_ARGS"  # the line up to the cursor, for zsh and fish
# zsh runs the file as the function _sisterline when it first completes: it is to complete then, too.
_ZSH_FIRST_CALL = """
if [ "$funcstack[1]" = "_sisterline" ]; then
  _sisterline_completion "$@"
fi
"""
_Program = Callable[[list[str]], object]


def answer(program: _Program) -> int:
    """Answer a shell, and return the exit status that the shell expects.

    Fish asks twice: for the words, and (is-args) whether there are any, by the exit status; where there are
    none it completes files.
    """
    shell = os.environ.get(_ASKED, "").rpartition("_")[2]
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
    """Drop the = that bash makes a word of its own between an option and its value."""
    text = os.environ.get("COMP_WORDS", "")
    separator = "\n" if "\n" in text else " "
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
    """Split `--city=Kob` at the end of the line into two words; returns the option, "" if there is none."""
    line = os.environ.get(_LINE, "")
    match = re.search(r"(?<=\s)(--[a-z-]+)=(\S*)$", line)
    if match is None:
        return ""
    os.environ[_LINE] = f"{line[: match.start()]}{match[1]} {match[2]}"
    return match[1]


def _captured(program: _Program, arguments: list[str]) -> tuple[int, str]:
    """Run the program, and return its exit status and what it printed."""
    status: object = 0
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            program(arguments)
        except SystemExit as left:
            status = left.code
    return status if isinstance(status, int) else 0, out.getvalue()


# --- installing -----------------------------------------------------------------------------------


def install(program: _Program, arguments: list[str]) -> bool:
    """Install completion for zsh, or for fish where Typer would write elsewhere than fish reads.

    Typer writes to the home folder; zsh reads the .zshrc of ZDOTDIR, fish the folder of XDG_CONFIG_HOME.
    Typer's script for zsh, loaded at the first tab, completes nothing before the second.

    Args:
        program: runs the command line, for the script that Typer has for the shell.
        arguments: the name of the shell, if it was typed.

    Returns:
        Whether it was installed; False where Typer installs it in the right place.
    """
    status, script = _captured(program, ["--show-completion", *arguments])
    named = re.search(rf"{_ASKED}=complete_(zsh|fish)\b", script)
    if status or named is None:
        return False
    shell = named[1]
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
    """Where zsh looks for .zshrc: in ZDOTDIR, which has to be exported, else in the home folder."""
    folder = os.environ.get("ZDOTDIR", "")
    return Path(folder) if folder else Path.home()


def _fish_folder() -> Path:
    """Where fish looks for its own folder (XDG Base Directory Specification: a relative path is ignored)."""
    given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".config"


def _add_to_zshrc(path: Path) -> None:
    """Make zsh load completions from .zfunc next to its .zshrc."""
    folder = "~" if path.parent == Path.home() else "$ZDOTDIR"
    line = f"fpath+={folder}/.zfunc; autoload -Uz compinit; compinit"
    before = path.read_text(encoding="utf-8", errors="surrogateescape") if path.is_file() else ""
    if line in before:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    separator = "" if not before or before.endswith("\n") else "\n"
    path.write_text(f"{before}{separator}{line}\n", encoding="utf-8", errors="surrogateescape")
