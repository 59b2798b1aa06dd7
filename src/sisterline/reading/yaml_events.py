"""YAML text as a stream of PyYAML's events; only this module chooses a loader."""

import contextlib
import gc
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 32  # levels of nesting; the schema needs 6


def events(text: str) -> Iterator[Any]:
    """The events of a text, in order.

    Raises:
        yaml.YAMLError: the text is not YAML, when its first error is reached.
        ValueError, OverflowError: an escape is not a Unicode character.
    """
    import yaml

    loader_type = yaml.CSafeLoader if loader_is_fast() else yaml.SafeLoader
    loader = loader_type(text)
    # The same as yaml.parse without its generator, which takes a tenth of the time of reading.
    return iter(loader.get_event, None)


def loader_is_fast() -> bool:
    """Whether PyYAML was built with libyaml; without it, reading takes about ten times as long."""
    import yaml

    return bool(yaml.__with_libyaml__)


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector, which would go through all values again and again as they grow.

    Reading 26,000 records then takes less than half the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
