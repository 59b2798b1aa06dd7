"""YAML text as a stream of PyYAML's events; the only module that chooses a loader."""

import contextlib
import gc
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 32  # levels; the schema needs 6, a file nested deeper was not written for it


def events(text: str) -> Iterator[Any]:
    """The events of a text, in order.

    Raises:
        yaml.YAMLError: from the event on that cannot be made.
        ValueError, OverflowError: an escape is not a Unicode character.
    """
    import yaml

    loader = yaml.CSafeLoader(text) if loader_is_fast() else yaml.SafeLoader(text)
    # The same as yaml.parse, without its generator: a tenth of the time that reading takes.
    return iter(loader.get_event, None)


def loader_is_fast() -> bool:
    """Whether PyYAML was built with libyaml: without it, reading takes about ten times as long."""
    import yaml

    return bool(yaml.__with_libyaml__)


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector, which would traverse all values again and again while they grow.

    26,000 records are read in less than half the time without it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
