"""Rules for the places that serve the units: which there are, with which devices and LANs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import common
from zxnet.inventory.facilities import Facility, FacilityLan
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.yamlreader import Path
from zxnet.problems import Problem, nearest

__all__ = ["cast", "devices", "lans", "objectives"]

_CAST: dict[str, dict[str, tuple[int, int]]] = {
    "hub": {"router": (1, 1), "vpn": (1, 1)},
    "backup": {"router": (1, 1), "vpn": (1, 1), "store": (1, 1)},
    "pop": {"bras": (0, 1), "agg": (0, 1)},
}
"""Kind of facility → how many devices of each function it has, least and most (design §3)."""


def cast(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """One hub, one backup site (seed 三(三)5: 县级灾难备份中心), POPs, each with the devices of design §3."""
    found: Counter[str] = Counter(f.kind for f in inventory.network.facilities)
    top = common.facilities(inventory, "facilities")
    for kind in ("hub", "backup"):
        if found[kind] != 1:
            yield Problem("facility.exactly_one", top, {"kind": kind, "found": str(found[kind])})
    if not found["pop"]:
        yield Problem("facility.no_pop", top)
    places = [
        (f.id, common.facilities(inventory, "facilities", i, "id"))
        for i, f in enumerate(inventory.network.facilities)
    ]
    yield from common.doubles("facility.duplicate", places)
    for i, facility in enumerate(inventory.network.facilities):
        functions: Counter[str] = Counter(d.function for d in facility.devices)
        allowed = _CAST[facility.kind]
        place = common.facilities(inventory, "facilities", i, "devices")
        for function, (least, most) in allowed.items():
            if not least <= functions[function] <= most:
                params = {
                    "kind": facility.kind,
                    "function": function,
                    "found": str(functions[function]),
                    "expected": str(least) if least == most else f"{least}–{most}",
                }
                yield Problem("facility.device_count", place, params)


def devices(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A device id says where it is and what it does: <facility>-<function><n> (design §1)."""
    entries = list(common.devices(inventory))
    yield from common.doubles(
        "facility.device_twice", [(d.id, common.facilities(inventory, *path, "id")) for _, d, path in entries]
    )
    city = inventory.city.id
    if not city.partition("-")[2].startswith("pe"):
        yield Problem("facility.city_id", common.facilities(inventory, "city", "id"), {"id": city})
    for facility, device, path in entries:
        wanted = f"{facility.id}-{device.function}"
        if device.id[:-1] != wanted:
            params = {"id": device.id, "expected": f"{wanted}1"}
            yield Problem("facility.device_id", common.facilities(inventory, *path, "id"), params)
        if device.function not in _CAST[facility.kind]:
            params = {
                "function": device.function,
                "kind": facility.kind,
                "known": ", ".join(_CAST[facility.kind]),
            }
            yield Problem("facility.function", common.facilities(inventory, *path, "function"), params)
        operated = device.function in {"bras", "agg"}
        if operated and device.access is None:
            yield Problem("facility.no_access", common.facilities(inventory, *path), {"device": device.id})
        for key in ("access", "oam"):
            if not operated and getattr(device, key) is not None:
                params = {"key": key, "function": device.function}
                yield Problem("facility.not_operated", common.facilities(inventory, *path, key), params)
        oam = device.oam
        if oam is not None and (
            not oam.address4.network.contains(oam.gateway4) or oam.gateway4.ip == oam.address4.ip
        ):
            params = {"gateway": oam.gateway4.ip, "prefix": oam.address4.cidr}
            place = common.facilities(inventory, *path, "oam", "gateway4")
            yield Problem("facility.oam_gateway", place, params)


def lans(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Members of a facility LAN are the facility's own devices, each with an address of its own in it."""
    for i, facility in enumerate(inventory.network.facilities):
        own = [d.id for d in facility.devices]
        ids = [
            (lan.id, common.facilities(inventory, "facilities", i, "lans", j, "id"))
            for j, lan in enumerate(facility.lans)
        ]
        yield from common.doubles("facility.lan_twice", ids)
        for j, lan in enumerate(facility.lans):
            path: Path = ("facilities", i, "lans", j)
            yield from _members(inventory, lan, own, path)
            gateways = [m for m in lan.members if not m.device.partition("-")[2].startswith("store")]
            if lan.gateway4 is None and len(gateways) > 1:
                yield Problem("facility.lan_gateway", common.facilities(inventory, *path), {"lan": lan.id})
            if len({m.priority for m in gateways}) < len(gateways):
                place = common.facilities(inventory, *path, "members")
                yield Problem("facility.lan_priority", place, {"lan": lan.id})
        yield from _store_lan(inventory, facility, ("facilities", i))


def _members(inventory: Inventory, lan: FacilityLan, own: list[str], path: Path) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    if lan.gateway4 is not None:
        place = common.facilities(inventory, *path, "gateway4")
        taken[lan.gateway4.ip] = str(place)
        if not _usable(lan, lan.gateway4.value):
            params = {"address": lan.gateway4.ip, "prefix": lan.prefix4.cidr}
            yield Problem("facility.lan_address", place, params)
    seen: set[str] = set()
    for k, member in enumerate(lan.members):
        here = (*path, "members", k)
        if member.device not in own:
            params = {
                "name": member.device,
                "known": ", ".join(own),
                "nearest": nearest(member.device, own),
            }
            yield Problem("facility.lan_device", common.facilities(inventory, *here, "device"), params)
        elif member.device in seen:
            place = common.facilities(inventory, *here, "device")
            yield Problem("facility.lan_member_twice", place, {"device": member.device, "lan": lan.id})
        seen.add(member.device)
        place = common.facilities(inventory, *here, "address4")
        if not _usable(lan, member.address4.value):
            params = {"address": member.address4.ip, "prefix": lan.prefix4.cidr}
            yield Problem("facility.lan_address", place, params)
        first = taken.setdefault(member.address4.ip, str(place))
        if first != str(place):
            params = {"value": member.address4.ip, "first": first}
            yield Problem("facility.lan_address_twice", place, params)
        six = member.address6
        place = common.facilities(inventory, *here, "address6")
        if six is not None and lan.prefix6 is None:
            yield Problem("facility.lan_no_prefix6", place, {"lan": lan.id})
        elif six is not None and lan.prefix6 is not None and not lan.prefix6.contains(six):
            params = {"address": six.ip, "prefix": lan.prefix6.cidr}
            yield Problem("facility.lan_address", place, params)


def _usable(lan: FacilityLan, value: int) -> bool:
    """Inside the prefix, and neither the network's nor the broadcast address."""
    return lan.prefix4.value < value < lan.prefix4.last


def _store_lan(inventory: Inventory, facility: Facility, path: Path) -> Iterator[Problem]:
    """The store is a host: it has one leg, in a LAN of its site."""
    for j, device in enumerate(facility.devices):
        legs = sum(m.device == device.id for lan in facility.lans for m in lan.members)
        if device.function == "store" and legs != 1:
            place = common.facilities(inventory, *path, "devices", j)
            yield Problem("facility.store_lan", place, {"device": device.id, "found": str(legs)})


def objectives(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """The backup site states RTO, RPO and NRO (GB/T 20988-2025), and copies often enough for its RPO."""
    reach = [*inventory.county.platform.prefixes, *inventory.county.management.noc]
    for i, facility in enumerate(inventory.network.facilities):
        wish = facility.objectives
        path: Path = ("facilities", i, "objectives")
        if facility.kind != "backup":
            if wish is not None:
                place = common.facilities(inventory, *path)
                yield Problem("facility.objectives_elsewhere", place, {"kind": facility.kind})
            continue
        if wish is None:
            yield Problem("facility.no_objectives", common.facilities(inventory, "facilities", i))
            continue
        ids = [
            (d.id, common.facilities(inventory, *path, "datasets", j, "id"))
            for j, d in enumerate(wish.datasets)
        ]
        yield from common.doubles("facility.dataset_twice", ids)
        for j, dataset in enumerate(wish.datasets):
            if dataset.interval_min > wish.rpo_min:
                place = common.facilities(inventory, *path, "datasets", j, "interval_min")
                params = {"id": dataset.id, "interval": str(dataset.interval_min), "rpo": str(wish.rpo_min)}
                yield Problem("facility.dataset_rpo", place, params)
            if not any(p.contains(dataset.host) for p in reach):
                place = common.facilities(inventory, *path, "datasets", j, "host")
                params = {"host": dataset.host.ip, "reach": ", ".join(p.cidr for p in reach)}
                yield Problem("facility.dataset_host", place, params)
