"""Everything `zxnet check` knows to be wrong with an inventory that could be read.

Each rule is a pure function in `checks/`; this is the list of them. Rules look at the whole county at
once and never at pairs of units, so 10,000 units take a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import addresses, county, equipment, facilities, lifecycle, links, tiers, units
from zxnet.inventory.inventory import Inventory
from zxnet.problems import Problem

__all__ = ["RULES", "check"]

Rule = Callable[[Inventory, AbstractSet[str]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    tiers.table,
    tiers.ids,
    tiers.units,
    county.timers,
    county.numbers,
    county.zones,
    county.pools,
    county.remote,
    county.room,
    county.management,
    facilities.cast,
    facilities.devices,
    facilities.lans,
    facilities.objectives,
    links.ends,
    links.prefixes,
    links.required,
    addresses.overlaps,
    addresses.oam,
    addresses.lans,
    equipment.boxes,
    equipment.demarcation,
    equipment.ports,
    equipment.algorithms,
    equipment.encryption,
    units.numbers,
    units.count,
    units.owners,
    units.classes,
    units.zones,
    units.peers,
    units.pops,
    lifecycle.records,
    lifecycle.secrecy,
    lifecycle.dates,
)


def check(inventory: Inventory, broken_units: AbstractSet[str] = frozenset()) -> list[Problem]:
    """Every problem of an inventory, in the order a person reads the files.

    `broken_units` are the ids of units that could not be read: they count as known, so that one bad
    line is not reported again wherever the unit is named.
    """
    found = [problem for rule in RULES for problem in rule(inventory, broken_units)]
    return sorted(found, key=lambda p: (p.place, p.code))
