"""The program: `sisterline`, and `python -m sisterline`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    import gc

    # A call lives for some tenths of a second and makes hardly any circles: looking for them takes a
    # tenth of it (15 of 190 ms), from the first import on.
    gc.disable()
    try:
        from sisterline.cli import run
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
