"""Give every owner the numbers it needs, keeping all that were ever given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zxnet.allocate.ledger import Ledger, preferred
from zxnet.errors import InvalidInput
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.units import Unit
from zxnet.problems import Place, Problem

__all__ = ["Allocations", "allocate", "encrypted", "owner", "pool_sizes"]

FILE = "inventory/ledger.lock"
SECRET = "secret"  # noqa: S105 - pool of secret versions: `secret vpn/wufeng/hub/psk 2`; absent means 1


@dataclass(frozen=True, slots=True)
class Allocations:
    """The slots of this county. `ledger` is what should be on disk; `changed` says it is not yet."""

    ledger: Ledger
    changed: bool
    new: tuple[tuple[str, str], ...]

    def slot(self, pool: str, owner: str) -> int:
        return self.ledger.slots[pool][owner]

    def secret(self, path: str) -> str:
        """The versioned reference that stands in a build for a secret's value (design §6.3)."""
        return f"<secret:{path}@{self._versions.get(path, 1)}>"

    @property
    def _versions(self) -> dict[str, int]:
        return self.ledger.slots.get(SECRET, {})


def owner(unit: str, zone: str = "") -> str:
    """Name of a unit's share of a zone: `wufeng` in the public zone, `wufeng/gongan` in a private one."""
    return f"{unit}/{zone}" if zone else unit


def encrypted(inventory: Inventory, unit: Unit) -> bool:
    """Whether the unit's traffic goes through tunnels: its tier says so for the medium, or it asked."""
    if unit.order is None:
        return False
    access = inventory.tier_by_id[unit.order.tier].access(unit.order.medium)
    return unit.encryption == "required" or (access is not None and access.encryption == "required")


def pool_sizes(inventory: Inventory) -> dict[str, int]:
    """Slots in each pool, slot 0 (never given) included. VLANs are numbered per POP."""
    plan = inventory.county.addressing
    sizes = {name: getattr(plan, name).slots for name in ("lan", "wan", "ppp", "loopback", "zone_link")}
    sizes["tunnel"] = min(plan.tunnel_hub.slots, plan.tunnel_backup.slots)
    sizes["asn"] = plan.unit_asn.last - plan.unit_asn.first + 2
    for facility in inventory.network.facilities:
        if facility.kind == "pop":
            sizes[f"vlan:{facility.id}"] = plan.vlan.last - plan.vlan.first + 2
    return sizes


def claims(inventory: Inventory) -> Iterator[tuple[str, str]]:
    """(pool, owner) of every number the county needs now."""
    for name, (_, device) in inventory.facility_devices.items():
        if device.function != "store" and device.oam is None:
            yield "loopback", name
    for link in inventory.links:
        if link.kind in {"core", "city"}:
            for zone in inventory.county.zones:
                yield "zone_link", f"{link.id}/{zone.id}"
    for unit in inventory.units.values():
        if unit.state != "withdrawn":
            yield from _unit_claims(inventory, unit)


def _unit_claims(inventory: Inventory, unit: Unit) -> Iterator[tuple[str, str]]:
    """LAN and loopback from the first plan on; access numbers once something is ordered."""
    yield "loopback", f"{unit.id}-cpe1"
    zones = ["", *(m.zone for m in unit.zones)]
    for zone in zones:
        if zone or unit.lan.prefix4 is None or unit.lan.handoff == "routed":
            yield "lan", owner(unit.id, zone)
    if unit.order is None:
        return
    fibre, tunnels = unit.order.medium == "fibre", encrypted(inventory, unit)
    yield ("asn" if fibre else "ppp"), unit.id
    vlan = f"vlan:{inventory.pop_of(unit).id}"
    for zone in zones:
        if fibre and not (zone and tunnels):  # tunnels of all zones share the public VLAN
            yield vlan, owner(unit.id, zone)
            yield "wan", owner(unit.id, zone)
        if tunnels:
            yield "tunnel", owner(unit.id, zone)


def allocate(inventory: Inventory, ledger: Ledger) -> Allocations:
    """Keep every allocation there is, release what nobody claims, give new owners a slot.

    A released slot rests `rest_days` before another owner may have it; an owner that returns gets its
    own back. Nobody else's numbers move. Raises InvalidInput when a pool is full or a slot lies outside
    its pool.
    """
    sizes = pool_sizes(inventory)
    result = ledger.copy()
    wanted = set(claims(inventory))
    problems = _release(result, wanted, sizes, inventory.county.as_of)
    rested = inventory.county.as_of - timedelta(days=inventory.county.addressing.rest_days)
    holders = {pool: {slot: who for who, slot in given.items()} for pool, given in result.slots.items()}
    new = sorted(claim for claim in wanted if claim[1] not in result.slots.get(claim[0], ()))
    for pool, who in new:
        taken = holders.setdefault(pool, {})
        slot = _free_slot(result, pool, who, sizes[pool], taken, rested)
        if slot is None:
            problems.append(Problem("ledger.full", Place(FILE), {"pool": pool, "owner": who}))
            continue
        taken[slot] = who
        result.slots.setdefault(pool, {})[who] = slot
    if problems:
        raise InvalidInput(*problems)
    return Allocations(result, changed=result != ledger, new=tuple(new))


def _release(
    ledger: Ledger, wanted: set[tuple[str, str]], sizes: dict[str, int], today: date
) -> list[Problem]:
    """Mark what nobody claims as released, what is claimed again as live; slots outside their pool."""
    problems = []
    for pool, given in ledger.slots.items():
        if pool == SECRET:
            continue
        for who, slot in given.items():
            if (pool, who) not in wanted:
                ledger.released.setdefault((pool, who), today)
                continue
            ledger.released.pop((pool, who), None)
            if not 0 < slot < sizes[pool]:
                params = {"pool": pool, "owner": who, "slot": str(slot), "size": str(sizes[pool] - 1)}
                problems.append(Problem("ledger.range", Place(FILE), params))
    return problems


def _free_slot(
    ledger: Ledger, pool: str, who: str, size: int, taken: dict[int, str], rested: date
) -> int | None:
    """The first free or rested slot from the owner's preferred one on; None when the pool is full."""
    slot = preferred(pool, who, size)
    for _ in range(size):
        holder = taken.get(slot)
        if holder is None:
            return slot
        released = ledger.released.get((pool, holder))
        if released is not None and released <= rested:
            ledger.remove(pool, holder)
            return slot
        slot = slot + 1 if slot + 1 < size else 1
    return None
