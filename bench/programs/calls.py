"""Count the calls of Sisterline's own functions in one command; the count is the last line of standard error.

It does not depend on time: on one version of Python the count is the same in each run.
"""

import sys
from types import FrameType

from sisterline.cli import app

OWN = app.__file__.removesuffix("cli/app.py")
calls = 0


def count(frame: FrameType, event: str, _: object) -> None:
    """Count an event of the interpreter, if it is a call of our own."""
    global calls
    if event == "call" and frame.f_code.co_filename.startswith(OWN):
        calls += 1


sys.setprofile(count)
status = app.run(sys.argv[1:])
sys.setprofile(None)
print(calls, file=sys.stderr)
sys.exit(status)
