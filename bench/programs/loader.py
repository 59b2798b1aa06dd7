"""Read a file with PyYAML's fastest safe loader; `--no-gc` pauses the garbage collector."""

import gc
import sys
from pathlib import Path

import yaml

if "--no-gc" in sys.argv:
    gc.disable()
with Path(sys.argv[1]).open("rb") as file:
    data = yaml.load(file, Loader=yaml.CSafeLoader)
print(len(data["partnerships"]))
