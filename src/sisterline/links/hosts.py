"""Which hosts may be asked: those of the public internet only."""

import socket
from ipaddress import ip_address


class UnknownHostError(Exception):
    """A host has no address."""


class PrivateHostError(Exception):
    """A host is on the own machine or network."""


def check_host(host: str) -> None:
    """Refuse a host of the own machine or network: data must not make the program look around there.

    Args:
        host: a name or an IP address.

    Raises:
        UnknownHostError: it has no address.
        PrivateHostError: one of its addresses is not one of the public internet (`ipaddress.is_global`, by
            IANA's registries of special-purpose addresses).
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnknownHostError(host) from None
    for *_, address in found:
        if not is_public(str(address[0])):
            raise PrivateHostError(host)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    return ip_address(address.partition("%")[0]).is_global
