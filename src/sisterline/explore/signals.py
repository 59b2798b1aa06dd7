"""Signals that end the explorer: the terminal is restored before it goes."""

import signal
from collections.abc import Callable


def handle_signals(end: Callable[[int], None]) -> None:
    """Let SIGTERM and SIGHUP call a function with their number, inside the running event loop."""
    import asyncio

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)
