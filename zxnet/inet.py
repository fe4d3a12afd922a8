"""Addresses with their prefix length, of either family, in the spellings devices want.

The standard library's `ipaddress` does the parsing; this value adds the spellings (mask, wildcard)
that templates print, and formats IPv4 without building an object for each, because a county of
10,000 units prints a few million addresses.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

__all__ = ["Inet"]

_BITS = {4: 32, 6: 128}


def _text(family: int, value: int) -> str:
    if family == 4:
        return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"
    return str(ipaddress.IPv6Address(value))


class Inet(NamedTuple):
    """An address and its prefix length, e.g. 10.96.1.1/24 or fd00::1/64; host bits are kept."""

    family: int
    value: int
    length: int

    @classmethod
    def parse(cls, text: str) -> Inet:
        """`10.0.0.0/8`, `10.0.0.1/24`, `10.0.0.1` (then /32), the same for IPv6.

        Raises ValueError with ipaddress' own words.
        """
        parsed = ipaddress.ip_interface(text)
        return cls(parsed.version, int(parsed.ip), parsed.network.prefixlen)

    @property
    def ip(self) -> str:
        """10.96.1.1"""
        return _text(self.family, self.value)

    @property
    def _hostmask(self) -> int:
        return (1 << (_BITS[self.family] - self.length)) - 1

    @property
    def net(self) -> str:
        """Network address alone: 10.96.1.0"""
        return _text(self.family, self.value & ~self._hostmask)

    @property
    def mask(self) -> str:
        """255.255.255.0 (IPv4)"""
        return _text(self.family, ((1 << _BITS[self.family]) - 1) ^ self._hostmask)

    @property
    def wildcard(self) -> str:
        """0.0.0.255 (IPv4): what VRP and IOS ACLs take"""
        return _text(self.family, self._hostmask)

    @property
    def wildcard0(self) -> str:
        """The wildcard, `0` for a single address: how VRP and Comware write it back."""
        return "0" if self.is_host else self.wildcard

    @property
    def cidr(self) -> str:
        """Network with length: 10.96.1.0/24"""
        return f"{self.net}/{self.length}"

    @property
    def host_cidr(self) -> str:
        """Address with length: 10.96.1.1/24"""
        return f"{self.ip}/{self.length}"

    @property
    def network(self) -> Inet:
        """The same with host bits zero."""
        return Inet(self.family, self.value & ~self._hostmask, self.length)

    @property
    def host(self) -> Inet:
        """The address alone, as /32 or /128."""
        return Inet(self.family, self.value, _BITS[self.family])

    @property
    def is_host(self) -> bool:
        return self.length == _BITS[self.family]

    @property
    def last(self) -> int:
        """Value of the last address of the network."""
        return self.value | self._hostmask

    def at(self, index: int) -> Inet:
        """The address number `index` of this network, length kept: 10.96.1.0/24 at 1 is 10.96.1.1/24."""
        return Inet(self.family, (self.value & ~self._hostmask) + index, self.length)

    def subnet(self, length: int, slot: int) -> Inet:
        """The subnet number `slot` of the given length."""
        step = _BITS[self.family] - length
        return Inet(self.family, (self.value & ~self._hostmask) + (slot << step), length)

    def subnets(self, length: int) -> int:
        """How many subnets of that length fit."""
        return 1 << max(0, length - self.length)

    def overlaps(self, other: Inet) -> bool:
        return (
            self.family == other.family
            and self.network.value <= other.last
            and other.network.value <= self.last
        )

    def contains(self, other: Inet) -> bool:
        return (
            self.family == other.family
            and self.length <= other.length
            and self.network.value <= other.value <= self.last
        )

    def __str__(self) -> str:
        return self.host_cidr
