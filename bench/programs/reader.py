"""Read a file as every command does: validated, from the cache if it holds the file."""

import gc
import sys
from pathlib import Path

gc.disable()  # as sisterline.__main__ does

from sisterline.store.cache import load_cached  # noqa: E402

print(len(load_cached([Path(sys.argv[1])]).partnerships))
