"""Rules for a unit's identity, class, zones, peers and POP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import ANY_UNIT
from zxnet.inventory.units import Unit
from zxnet.problems import Place, Problem, nearest

__all__ = ["classes", "count", "numbers", "owners", "peers", "pops", "zones"]

_NUMBERS: dict[str, tuple[tuple[str, ...], Callable[[Unit], str | None]]] = {
    "unit.code_twice": (("code",), lambda u: u.code),
    "unit.order_twice": (("order", "number"), lambda u: u.order.number if u.order else None),
    "unit.lease_twice": (("lease", "number"), lambda u: u.lease.number if u.lease else None),
    "unit.circuit_twice": (("circuit",), lambda u: u.circuit),
}
"""What stands on one unit's paperwork only; secrecy reviews may share a number (one review, many units)."""


def numbers(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Codes, order, lease and circuit numbers belong to one unit; serials to one box (design §1)."""
    for code, (path, value) in _NUMBERS.items():
        found = ((u, value(u)) for u in inventory.units.values())
        yield from _doubles(inventory, code, path, ((u, v) for u, v in found if v))
    names = ((u, u.name.raw) for u in inventory.units.values())
    for problem in _doubles(inventory, "unit.name_twice", ("name",), names):
        yield common.warning(problem.code, problem.place, **problem.params)
    serials = [
        (d.serial, common.facilities(inventory, *path, "serial"))
        for _, d, path in common.devices(inventory)
        if d.serial
    ]
    seen = dict(serials)
    yield from common.doubles("device.serial_twice", serials)
    own = ((u, u.cpe.serial) for u in inventory.units.values() if u.cpe.serial)
    yield from _doubles(inventory, "device.serial_twice", ("cpe", "serial"), own, seen)


def _doubles(
    inventory: Inventory,
    code: str,
    path: tuple[str, ...],
    values: Iterator[tuple[Unit, str]],
    taken: dict[str, Place] | None = None,
) -> Iterator[Problem]:
    """As `common.doubles`, looking up places only for what is double."""
    seen: dict[str, Unit] = {}
    for unit, value in values:
        first = seen.setdefault(value, unit)
        if first is not unit:
            place = str(common.unit(inventory, first, *path))
        elif taken and value in taken:
            place = str(taken[value])
        else:
            continue
        yield Problem(code, common.unit(inventory, unit, *path), {"value": value, "first": place})


def count(inventory: Inventory, broken: AbstractSet[str]) -> Iterator[Problem]:
    """The plan names how many townships there are (seed 三(二): 28个乡镇)."""
    found = sum(u.kind == "township" for u in inventory.units.values())
    if inventory.units and not broken and found != inventory.county.townships:
        params = {"found": str(found), "expected": str(inventory.county.townships)}
        yield Problem("unit.township_count", common.county(inventory, "townships"), params)


def owners(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Units, facilities and zones share folders and VRF names of a build: one id, one thing (design §1).

    Codes of units lie inside the county's own (NBS 统计用区划代码 is hierarchical).
    """
    taken = {
        f.id: common.facilities(inventory, "facilities", i, "id")
        for i, f in enumerate(inventory.network.facilities)
    }
    taken[inventory.city.id.partition("-")[0]] = common.facilities(inventory, "city", "id")
    for i, zone in enumerate(inventory.county.zones):
        place = common.county(inventory, "zones", i, "id")
        if zone.id in taken:
            yield Problem("unit.id_taken", place, {"value": zone.id, "first": str(taken[zone.id])})
    for i, zone in enumerate(inventory.county.zones):  # among themselves they have a rule of their own
        taken.setdefault(zone.id, common.county(inventory, "zones", i, "id"))
    for unit in inventory.units.values():
        if unit.id in taken:
            params = {"value": unit.id, "first": str(taken[unit.id])}
            yield Problem("unit.id_taken", common.unit(inventory, unit, "id"), params)
        if unit.code and not unit.code.startswith(inventory.county.code):
            params = {"code": unit.code, "county": inventory.county.code}
            yield Problem("unit.code_outside", common.unit(inventory, unit, "code"), params)


def classes(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Classes D and E are the ones with private zones, A to C have none (DB34/T 3607-2020)."""
    for unit in inventory.units.values():
        if unit.user_class in "DE" and not unit.zones:
            yield Problem(
                "unit.class_without_zone", common.unit(inventory, unit, "class"), {"class": unit.user_class}
            )
        elif unit.user_class in "ABC" and unit.zones:
            yield Problem(
                "unit.zone_without_class", common.unit(inventory, unit, "zones"), {"class": unit.user_class}
            )


def zones(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A unit joins zones the county has, each once and each with a VLAN of its own."""
    known = inventory.zone_by_id
    for unit in inventory.units.values():
        if not unit.zones:
            continue
        joined: set[str] = set()
        tags: set[int] = set()
        for i, member in enumerate(unit.zones):
            place = common.unit(inventory, unit, "zones", i, "zone")
            if member.zone not in known:
                names = ", ".join(known) or "-"
                near = nearest(member.zone, known)
                yield Problem(
                    "unit.zone_unknown", place, {"name": member.zone, "known": names, "nearest": near}
                )
            if member.zone in joined:
                yield Problem("unit.zone_twice", place, {"name": member.zone})
            if member.vlan in tags:
                tag = common.unit(inventory, unit, "zones", i, "vlan")
                yield Problem("unit.zone_vlan_twice", tag, {"vlan": str(member.vlan)})
            joined.add(member.zone)
            tags.add(member.vlan)


def peers(inventory: Inventory, broken: AbstractSet[str]) -> Iterator[Problem]:
    """Two units talk to each other only when both declare it (design §3: isolated unless declared)."""
    units = inventory.units
    suggest = common.Suggester(units)
    for unit in units.values():
        for i, peer in enumerate(unit.peers):
            other = units.get(peer)
            place = common.unit(inventory, unit, "peers", i)
            if peer == unit.id:
                yield Problem("unit.peer_self", place, {"name": peer})
            elif peer in unit.peers[:i]:
                yield Problem("unit.peer_twice", place, {"name": peer})
            elif other is None and not {peer, ANY_UNIT} & broken:
                yield Problem("unit.peer_unknown", place, {"name": peer, "nearest": suggest(peer)})
            elif other is not None and unit.id not in other.peers:
                where = str(common.unit(inventory, other, "peers"))
                yield Problem("unit.peer_one_sided", place, {"name": peer, "unit": unit.id, "other": where})


def pops(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A unit's POP is known and has the device its medium needs: bras for ADSL, agg for fibre (design §3)."""
    known = {f.id: f for f in inventory.network.facilities if f.kind == "pop"}
    has = {f.id: {d.function for d in f.devices} for f in known.values()}
    only = next(iter(known)) if len(known) == 1 else None
    for unit in inventory.units.values():
        if unit.pop is not None and unit.pop not in known:
            params = {"name": unit.pop, "known": ", ".join(known) or "-", "nearest": nearest(unit.pop, known)}
            yield Problem("unit.pop_unknown", common.unit(inventory, unit, "pop"), params)
            continue
        pop = unit.pop or only
        if pop is None:
            if len(known) > 1:
                params = {"known": ", ".join(known)}
                yield Problem("unit.pop_missing", common.unit(inventory, unit), params)
            continue
        if unit.order is not None and unit.state != "withdrawn":
            function = "bras" if unit.order.medium == "adsl" else "agg"
            if function not in has[pop]:
                params = {"pop": pop, "function": function, "medium": unit.order.medium}
                yield Problem("unit.pop_medium", common.unit(inventory, unit, "order", "medium"), params)
