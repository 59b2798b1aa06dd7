"""The program: `sisterline`, and `python -m sisterline`."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    import gc

    # A call takes some tenths of a second and makes hardly any reference cycles: looking for them takes a
    # tenth of that time, from the first import on (docs/performance.md).
    gc.disable()
    try:
        from sisterline.cli.app import run
    except KeyboardInterrupt:
        _leave(130)
    _leave(run(sys.argv[1:]))


def _leave(status: int) -> None:
    """Exit at once: Python would first free every object, which takes a tenth of a call.

    Handlers of `atexit` do not run, as in mypy (`mypy.util.hard_exit`): nothing here registers any.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # a closed pipe or stream, which `run` has reported
            pass
    os._exit(status)


if __name__ == "__main__":
    main()
