"""The county in a few numbers: what `demo` shows, computed from the designed project."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from zxnet.allocate.allocations import SECRET, pool_sizes
from zxnet.project import Project

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counters are keyed by the inventory's own words."""

    kinds: Counter[str]
    states: Counter[str]
    access: Counter[tuple[str, str]]  # (ordered tier, medium) of the rendered units
    terminals: int
    devices: Counter[tuple[str, str]]  # (function, platform)
    tunnels: int
    circuits: int
    zones: dict[str, int]  # zone → member units
    pools: dict[str, tuple[int, int]]  # pool → (given, size)


def summarise(project: Project) -> Summary:
    """Count units, devices, tunnels, circuits, zones and numbers given out."""
    inventory, plan = project.inventory, project.network.plan
    units = inventory.units.values()
    devices: Counter[tuple[str, str]] = Counter(
        (d.function, d.platform) for _, d in inventory.facility_devices.values()
    )
    devices.update(("cpe", site.unit.cpe.platform) for site in plan.sites.values())
    attachments = [at for site in plan.sites.values() for at in site.attachments]
    slots = project.allocations.ledger.slots
    return Summary(
        kinds=Counter(u.kind for u in units),
        states=Counter(u.state for u in units),
        access=Counter((s.unit.order.tier, s.unit.order.medium) for s in plan.sites.values() if s.unit.order),
        terminals=sum(u.terminals for u in units),
        devices=devices,
        tunnels=2 * sum(at.tunnel > 0 for at in attachments),
        circuits=sum(at.vlan > 0 for at in attachments),
        zones={z: sum(at.zone == z for at in attachments) for z in inventory.zone_by_id},
        pools={
            pool: (len(slots.get(pool, ())), size - 1)
            for pool, size in pool_sizes(inventory).items()
            if pool != SECRET
        },
    )
