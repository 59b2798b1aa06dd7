"""Read a file with PyYAML's fastest safe loader; `--calm` pauses the garbage collector meanwhile."""

import gc
import sys
from pathlib import Path

import yaml

if "--calm" in sys.argv:
    gc.disable()
with Path(sys.argv[1]).open("rb") as file:
    data = yaml.load(file, Loader=yaml.CSafeLoader)
print(len(data["partnerships"]))
