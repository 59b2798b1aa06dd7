"""Opens the address of a source in the user's browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sisterline.text.escape import printable
from sisterline.translation import gettext as _

_SCHEMES = ("http://", "https://")


def open_address(address: str, suspended: Callable[[], AbstractContextManager[None]]) -> str:
    """Open an address, which may only be one of the web.

    Args:
        address: of a source; may be empty.
        suspended: lends the terminal to a browser that runs in it, such as w3m.

    Returns:
        What happened, in one line.
    """
    if not address:
        return _("The source has no address.")
    if not address.startswith(_SCHEMES):
        return _("Only addresses of the web are opened: {address}").format(address=printable(address))
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return _("No browser was found: {address}").format(address=printable(address))
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        with suspended():
            opened = browser.open(address)
    else:
        opened = browser.open(address)
    if not opened:
        return _("The browser did not open {address}").format(address=printable(address))
    return _("Opened {address}").format(address=printable(address))
