"""Which machines a fetch may reach: checked on the very address that is connected to, never on the name.

A name that resolves to a public address when it is looked at and to a private one when it is called (DNS rebinding)
gains nothing: there is one look-up, and the connection goes to the address it gave.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore2

# Addresses that hand out secrets of a cloud machine and lie outside the ranges refused below.
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "fd00:ec2::254")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PER_ADDRESS = 5.0  # seconds before the next of a name's addresses is tried

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddressError(Exception):
    """A name leads only to addresses that may not be reached. `address` is the first of them."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, address)
        self.host = host
        self.address = address


class UnknownHostError(Exception):
    """A name has no address."""


def is_reachable(address: str, *, local: bool = False) -> bool:
    """True when a fetch may connect to an IP address: a public one, or with `local` one of this house.

    Link-local addresses, those of cloud metadata services, and what is no address of a single machine never are.
    """
    found = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    if found in _METADATA or found.is_link_local or found.is_multicast or found.is_unspecified:
        return False
    if local and (found.is_loopback or (found.is_private and not found.is_reserved)):
        return True
    return found.is_global


def _unwrapped(address: IPAddress) -> IPAddress:
    """The IPv4 address inside an IPv6 one that stands for it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a name, in the system's order. Raises UnknownHostError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHostError(host) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def reachable(host: str, addresses: Iterable[str], *, local: bool) -> tuple[str, ...]:
    """Those of a name's addresses that may be reached. Raises PrivateAddressError when there is none."""
    known = tuple(addresses)
    allowed = tuple(address for address in known if is_reachable(address, local=local))
    if not allowed:
        raise PrivateAddressError(host, known[0] if known else "")
    return allowed


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to the addresses that may be reached, and to no other."""

    def __init__(self, *, local: bool) -> None:
        self._local = local
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Try the name's allowed addresses in turn."""
        addresses = reachable(host, await resolve(host, port), local=self._local)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout=_PER_ADDRESS)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(addresses[-1], port, timeout=timeout)
