"""The program: `sisterline`, and `python -m sisterline`."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    import gc

    # A call lives for some tenths of a second and makes hardly any circles: looking for them takes a
    # tenth of it (15 of 190 ms), from the first import on.
    gc.disable()
    try:
        from sisterline.cli.app import run
    except KeyboardInterrupt:
        _leave(130)
    _leave(run(sys.argv[1:]))


def _leave(status: int) -> None:
    """End at once: Python would free every object one by one before it ends, which takes 20 of 170 ms.

    What `atexit` would do is left undone, as in mypy (`mypy.util.hard_exit`): nothing here asks for any.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # a closed pipe, a closed stream: `run` told what was to be told
            pass
    os._exit(status)


if __name__ == "__main__":
    main()
