"""Rules for prefixes: nothing overlaps that meets in one routing table, and LANs hold their terminals.

Prefixes are sorted and swept once with a stack of those that enclose the current one, so the cost is
n log n however many units bring a prefix of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from zxnet.inet import Inet
from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.units import Unit
from zxnet.problems import Place, Problem

__all__ = ["lans", "overlaps"]

_EVERYWHERE = ("lan", "wan", "tunnel_hub", "tunnel_backup", "zone_link")
"""Pools with slots in private zones too: they meet every routing table."""


class _Use(NamedTuple):
    """A prefix, the table it is in ("" public, "*" all, else a zone), and where it is written."""

    prefix: Inet
    table: str
    what: str
    unit: Unit | None = None
    place: Place | None = None

    def at(self, inventory: Inventory) -> Place:
        if self.unit is not None:
            return common.unit(inventory, self.unit, "lan", "prefix4")
        return self.place or Place("")

    def meets(self, other: _Use) -> bool:
        """Whether the two can be in one table. A unit's own LAN may be joined to any zone later."""
        return (
            self.table == other.table
            or "*" in (self.table, other.table)
            or self.unit is not None
            or other.unit is not None
        )


def overlaps(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """No two prefixes of one routing table overlap; private zones (VRF-lite) have tables of their own."""
    for family in (4, 6):
        uses = [u for u in _uses(inventory) if u.prefix.family == family]
        uses.sort(key=lambda u: (u.prefix.value, u.prefix.length))
        enclosing: list[_Use] = []
        for use in uses:
            while enclosing and enclosing[-1].prefix.last < use.prefix.value:
                enclosing.pop()
            clash = next((e for e in reversed(enclosing) if e.meets(use)), None)
            if clash is not None:
                later, first = _blame(inventory, use, clash)
                params = {
                    "prefix": later.prefix.cidr,
                    "what": later.what,
                    "other": first.prefix.cidr,
                    "owner": first.what,
                    "first": str(first.at(inventory)),
                }
                yield Problem("address.overlap", later.at(inventory), params)
            enclosing.append(use)


def _blame(inventory: Inventory, one: _Use, other: _Use) -> tuple[_Use, _Use]:
    """(the one to complain about, the other): a unit's rather than the county's, then the later line."""
    if (one.unit is None) != (other.unit is None):
        return (one, other) if one.unit is not None else (other, one)
    return (one, other) if one.at(inventory) >= other.at(inventory) else (other, one)


def _uses(inventory: Inventory) -> Iterator[_Use]:
    county = inventory.county
    plan = county.addressing
    for name in (*_EVERYWHERE, "ppp", "loopback"):
        for key in ("v4", "v6"):
            prefix = getattr(getattr(plan, name), key)
            if prefix is not None:
                table = "*" if name in _EVERYWHERE else ""
                yield _Use(
                    prefix,
                    table,
                    f"addressing.{name}",
                    None,
                    common.county(inventory, "addressing", name, key),
                )
    for name in ("remote", "remote6"):
        prefix = getattr(plan, name)
        if prefix is not None:
            yield _Use(prefix, "", f"addressing.{name}", None, common.county(inventory, "addressing", name))
    for i, prefix in enumerate(county.platform.prefixes):
        yield _Use(prefix, "", "platform.prefixes", None, common.county(inventory, "platform", "prefixes", i))
    yield from _zone_uses(inventory)
    yield from _facility_uses(inventory)
    for unit in inventory.units.values():
        if unit.lan.prefix4 is not None:
            yield _Use(unit.lan.prefix4, "", f"LAN of {unit.id}", unit)


def _zone_uses(inventory: Inventory) -> Iterator[_Use]:
    gateways: set[Inet] = set()  # doubles among them have a rule of their own
    for i, zone in enumerate(inventory.county.zones):
        for j, prefix in enumerate(zone.prefixes):
            place = common.county(inventory, "zones", i, "prefixes", j)
            yield _Use(prefix, zone.id, f"zone {zone.id}", None, place)
        for site in ("hub", "backup"):
            place = common.county(inventory, "zones", i, "gateways", site)
            gateway: Inet = getattr(zone.gateways, site)
            if gateway not in gateways:
                yield _Use(gateway, "", f"zone {zone.id} gateways.{site}", None, place)
            gateways.add(gateway)


def _facility_uses(inventory: Inventory) -> Iterator[_Use]:
    for i, link in enumerate(inventory.links):
        for key in ("prefix4", "prefix6"):
            prefix = getattr(link, key)
            if prefix is not None:
                yield _Use(prefix, "", f"link {link.id}", None, common.facilities(inventory, "links", i, key))
    for i, facility in enumerate(inventory.network.facilities):
        for j, lan in enumerate(facility.lans):
            for key in ("prefix4", "prefix6"):
                prefix = getattr(lan, key)
                if prefix is not None:
                    place = common.facilities(inventory, "facilities", i, "lans", j, key)
                    yield _Use(prefix, "", f"LAN {facility.id}/{lan.id}", None, place)
    shared: set[Inet] = set()  # the operator's management network is one for all its boxes
    for _, device, path in common.devices(inventory):
        if device.oam is not None and device.oam.address4.network not in shared:
            shared.add(device.oam.address4.network)
            place = common.facilities(inventory, *path, "oam", "address4")
            yield _Use(device.oam.address4.network, "", f"OAM of {device.id}", None, place)


def oam(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Each box has its own address in the operator's management network."""
    found = [
        (d.oam.address4.ip, common.facilities(inventory, *path, "oam", "address4"))
        for _, d, path in common.devices(inventory)
        if d.oam is not None
    ]
    yield from common.doubles("facility.oam_twice", found)


def lans(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A unit's LAN holds its gateway and all its terminals; what is routed to it is written down."""
    plan = inventory.county.addressing
    six = "ipv6" in plan.families
    for unit in inventory.units.values():
        own = unit.lan.prefix4
        if unit.lan.handoff == "routed" and own is None:
            yield Problem("unit.routed_prefix", common.unit(inventory, unit, "lan", "handoff"))
            continue
        length = own.length if own is not None else plan.lan.v4_length
        hosts = max(0, (1 << (32 - length)) - 3)  # without network, broadcast and gateway
        if unit.terminals > hosts:
            path = ("lan", "prefix4") if own is not None else ("terminals",)
            params = {"terminals": str(unit.terminals), "length": f"/{length}", "hosts": str(hosts)}
            yield Problem("unit.lan_small", common.unit(inventory, unit, *path), params)
        if six and own is not None and unit.lan.handoff == "gateway":
            place = common.unit(inventory, unit, "lan", "prefix4")
            yield common.warning("unit.lan_no_ipv6", place, prefix=own.cidr)
