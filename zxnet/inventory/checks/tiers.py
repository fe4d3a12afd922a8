"""Rules for tiers.yaml, and for the tier and medium each unit has ordered."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.tiers import required_tier
from zxnet.problems import Problem, nearest

__all__ = ["table", "table_is_whole", "units"]


def table(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """The rows cover 1 and up without gap or overlap (seed 四(二): 1–10, 11–30, 31以上)."""
    expected = 1
    rows = inventory.tiers
    for i, tier in enumerate(rows):
        first, last = tier.terminals.min, tier.terminals.max
        place = common.tiers(inventory, "tiers", i, "terminals", "min")
        params = {"tier": tier.id, "min": str(first), "expected": str(expected)}
        if i == 0 and first != 1:
            yield Problem("tiers.start", place, params)
        elif first > expected:
            yield Problem("tiers.gap", place, params)
        elif first < expected:
            yield Problem("tiers.overlap", place, params)
        end = common.tiers(inventory, "tiers", i, "terminals", "max")
        if last is None:
            if i < len(rows) - 1:
                yield Problem(
                    "tiers.open", common.tiers(inventory, "tiers", i, "terminals"), {"tier": tier.id}
                )
                return
        elif last < first:
            yield Problem("tiers.reversed", end, {"tier": tier.id, "min": str(first), "max": str(last)})
            return
        elif i == len(rows) - 1:
            yield Problem("tiers.closed", end, {"tier": tier.id, "max": str(last)})
        expected = (last or first) + 1


def ids(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A tier id, and a medium within a tier, stands once: orders name them."""
    rows = list(enumerate(inventory.tiers))
    places = [(t.id, common.tiers(inventory, "tiers", i, "id")) for i, t in rows]
    yield from common.doubles("tiers.duplicate", places)
    for i, tier in rows:
        media = [
            (a.medium, common.tiers(inventory, "tiers", i, "media", j, "medium"))
            for j, a in enumerate(tier.media)
        ]
        yield from common.doubles("tiers.medium_twice", media)


def table_is_whole(inventory: Inventory) -> bool:
    """Whether every terminal count has a tier; without that nothing can be said of units."""
    return not any(table(inventory, set()))


def units(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """What a unit ordered exists, and is what its terminal count requires (design §1, tier)."""
    known = inventory.tier_by_id
    whole = table_is_whole(inventory)
    for unit in inventory.units.values():
        order = unit.order
        if order is not None:
            tier = known.get(order.tier)
            if tier is None:
                params = {
                    "name": order.tier,
                    "known": ", ".join(known),
                    "nearest": nearest(order.tier, known),
                }
                yield Problem("unit.tier_unknown", common.unit(inventory, unit, "order", "tier"), params)
            elif tier.access(order.medium) is None:
                offered = ", ".join(a.medium for a in tier.media)
                params = {"medium": order.medium, "tier": tier.id, "offered": offered}
                yield Problem(
                    "unit.medium_not_offered", common.unit(inventory, unit, "order", "medium"), params
                )
            if unit.medium is not None and unit.medium != order.medium:
                yield common.warning(
                    "unit.medium_not_ordered",
                    common.unit(inventory, unit, "order", "medium"),
                    wish=unit.medium,
                    medium=order.medium,
                )
        if not whole:
            continue
        required = required_tier(inventory.tiers, unit.terminals)
        if unit.medium is not None and required.access(unit.medium) is None:
            offered = ", ".join(a.medium for a in required.media)
            params = {
                "medium": unit.medium,
                "tier": required.id,
                "terminals": str(unit.terminals),
                "offered": offered,
            }
            yield Problem("unit.wish_not_offered", common.unit(inventory, unit, "medium"), params)
        if unit.rendered and order is not None and order.tier in known and order.tier != required.id:
            ordered = known[order.tier].terminals
            beyond = unit.terminals - (ordered.max or 0) if ordered.min <= unit.terminals else 0
            yield common.warning(
                "unit.tier_above" if beyond > 0 else "unit.tier_below",
                common.unit(inventory, unit, "order", "tier"),
                ordered=order.tier,
                required=required.id,
                terminals=str(unit.terminals),
                margin=str(beyond if beyond > 0 else ordered.min - unit.terminals),
            )
