"""The entry point of `sisterline` and of `python -m sisterline`."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    import gc

    # A call takes tenths of a second and makes hardly any reference cycles. Looking for them would take a
    # tenth of that time, from the first import on (docs/performance.md).
    gc.disable()
    try:
        from sisterline.cli.app import run
    except KeyboardInterrupt:
        _leave(130)
    _leave(run(sys.argv[1:]))


def _leave(status: int) -> None:
    """Exit without freeing objects one by one, which takes a tenth of a call (as `mypy.util.hard_exit` does).

    Handlers of `atexit` do not run; Sisterline registers none.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # a closed pipe or stream: `run` has reported it
            pass
    os._exit(status)


if __name__ == "__main__":
    main()
