"""Rules for the wires between facilities: ends, kinds, addresses, and that none is missing."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import common
from zxnet.inventory.facilities import Link
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.yamlreader import Path
from zxnet.problems import Problem, nearest

__all__ = ["ends", "prefixes", "required"]

_ENDS: dict[str, tuple[frozenset[str], ...]] = {
    "core": (frozenset({"router"}), frozenset({"router", "vpn"})),
    "city": (frozenset({"pe", "router"}),),
    "trunk": (frozenset({"agg", "router"}),),
    "transport": (frozenset({"bras", "vpn"}),),
}
"""Kind of link → the pairs of functions it may join (design §3)."""
_CITY = "pe"
_MEET = {
    "core": "router–vpn, router–router",
    "city": "pe–router",
    "trunk": "agg–router",
    "transport": "bras–vpn",
}


def _function(inventory: Inventory, device: str) -> str | None:
    """Function of a link's end; None when no such device is known."""
    if device == inventory.city.id:
        return _CITY
    found = inventory.facility_devices.get(device)
    return found[1].function if found is not None else None


def ends(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Both ends are known devices, and the kind of the link fits what they do."""
    known = [inventory.city.id, *inventory.facility_devices]
    ids = [(li.id, common.facilities(inventory, "links", i, "id")) for i, li in enumerate(inventory.links)]
    yield from common.doubles("link.duplicate", ids)
    for i, link in enumerate(inventory.links):
        path: Path = ("links", i)
        functions = []
        for j, end in enumerate(link.ends):
            function = _function(inventory, end.device)
            functions.append(function)
            if function is None:
                params = {
                    "name": end.device,
                    "known": ", ".join(known),
                    "nearest": nearest(end.device, known),
                }
                place = common.facilities(inventory, *path, "ends", j, "device")
                yield Problem("link.device_unknown", place, params)
        if None in functions:
            continue
        if link.ends[0].device == link.ends[1].device:
            yield Problem(
                "link.loop", common.facilities(inventory, *path, "ends"), {"device": link.ends[0].device}
            )
        elif frozenset(functions) not in _ENDS[link.kind]:
            params = {
                "kind": link.kind,
                "found": "–".join(str(f) for f in functions),
                "expected": _MEET[link.kind],
            }
            yield Problem("link.kind", common.facilities(inventory, *path, "kind"), params)


def prefixes(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A link has a prefix with room for both ends, except a trunk, which only carries VLANs."""
    six = "ipv6" in inventory.county.addressing.families
    for i, link in enumerate(inventory.links):
        path: Path = ("links", i)
        if link.kind == "trunk":
            for key in ("prefix4", "prefix6"):
                if getattr(link, key) is not None:
                    yield Problem(
                        "link.trunk_prefix", common.facilities(inventory, *path, key), {"id": link.id}
                    )
            continue
        if link.prefix4 is None:
            yield Problem("link.no_prefix", common.facilities(inventory, *path), {"id": link.id})
        if six and link.prefix6 is None and link.kind in {"core", "city"}:
            yield Problem("link.no_prefix6", common.facilities(inventory, *path), {"id": link.id})
        for key, longest in (("prefix4", 30), ("prefix6", 126)):
            prefix = getattr(link, key)
            if prefix is not None and prefix.length > longest:
                place = common.facilities(inventory, *path, key)
                yield Problem("link.prefix_small", place, {"prefix": prefix.cidr, "longest": f"/{longest}"})


def required(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Every path of design §3 has its wire; a missing one would only be found when another fails."""
    there = {frozenset((li.ends[0].device, li.ends[1].device, li.kind)) for li in inventory.links}
    joined: dict[frozenset[str], list[tuple[int, Link]]] = {}
    for i, link in enumerate(inventory.links):
        joined.setdefault(frozenset(e.device for e in link.ends), []).append((i, link))
    top = common.facilities(inventory, "links")
    for kind, one, other in _wanted(inventory):
        if frozenset((one, other, kind)) not in there:
            yield Problem("link.missing", top, {"kind": kind, "one": one, "other": other})
    for same in joined.values():
        for i, link in same[1:]:
            if link.kind in {"city", "trunk", "transport"}:
                place = common.facilities(inventory, "links", i, "id")
                yield Problem("link.parallel", place, {"id": link.id, "first": same[0][1].id})


def _wanted(inventory: Inventory) -> Iterator[tuple[str, str, str]]:
    """(kind, device, device) of every wire there must be."""
    sites: dict[str, dict[str, str]] = {"hub": {}, "backup": {}}
    pops: list[tuple[str, str]] = []
    for facility, device, _ in common.devices(inventory):
        if facility.kind in sites:
            sites[facility.kind].setdefault(device.function, device.id)
        else:
            pops.append((device.function, device.id))
    routers = [s["router"] for s in sites.values() if "router" in s]
    gateways = [s["vpn"] for s in sites.values() if "vpn" in s]
    for router in routers:
        yield "city", inventory.city.id, router
    for site in sites.values():
        if {"router", "vpn"} <= site.keys():
            yield "core", site["router"], site["vpn"]
    if len(routers) > 1:
        yield "core", routers[0], routers[1]
    for function, box in pops:
        if function == "agg":
            yield from (("trunk", box, router) for router in routers)
        if function == "bras":
            yield from (("transport", box, gateway) for gateway in gateways)
