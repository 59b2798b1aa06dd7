"""A small process that starts others and tells what they took; `runs` asks it.

It is run as `python -I -S runner.py` and imports next to nothing, for a process that is started takes over
the peak memory of the one that starts it: from here no reading is above what it should be, as long as a
child takes more than this one (some 8 MiB; `python -c pass` takes more).
"""

import fcntl
import marshal
import posix
import sys
import termios
import time

CHUNK = 65536


def run(
    argv: list[str], env: dict[str, str], cwd: str, errors: str, columns: int, screen: int
) -> dict[str, object]:
    """Run a program, read all that it prints, and tell what it took.

    Args:
        argv: the program's path and its arguments.
        env: its environment, the whole of it.
        cwd: the folder that it runs in.
        errors: the file for its standard error.
        columns: of the terminal that it prints to; 0 for a pipe.
        screen: lines of a first screen.
    """
    posix.chdir(cwd)
    nothing = posix.open("/dev/null", posix.O_RDONLY)
    error = posix.open(errors, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o644)
    if columns:
        ours, theirs = posix.openpty()
        lines_and_columns = (40).to_bytes(2, sys.byteorder) + columns.to_bytes(2, sys.byteorder)
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, lines_and_columns + bytes(4))
    else:
        ours, theirs = posix.pipe()
    actions = [(posix.POSIX_SPAWN_DUP2, fd, at) for at, fd in enumerate((nothing, theirs, error))]
    size = lines = 0
    first = 0.0
    start = time.perf_counter()
    child = posix.posix_spawn(argv[0], argv, env, file_actions=actions)
    posix.close(theirs)
    while True:
        try:
            chunk = posix.read(ours, CHUNK)
        except OSError:  # a terminal whose program has ended
            break
        if not chunk:
            break
        size += len(chunk)
        lines += chunk.count(b"\n")
        if not first and lines >= screen:
            first = time.perf_counter() - start
    _, status, usage = posix.wait4(child, 0)
    wall = time.perf_counter() - start
    for fd in (ours, nothing, error):
        posix.close(fd)
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * unit,
        "first": first or wall,
        "size": size,
        "lines": lines,
        "status": posix.waitstatus_to_exitcode(status),
    }


def main() -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            request = marshal.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = run(**request)
        except OSError as error:
            answer = {"error": str(error)}
        marshal.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
