"""Rules for a unit's state: what each state requires, and when things happened."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import pairwise

from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.units import State, Unit
from zxnet.problems import Problem

__all__ = ["dates", "records", "secrecy"]

_STATES: tuple[State, ...] = ("planned", "ordered", "in_service", "suspended", "withdrawn")

_SERVICE = (("order",), ("lease",), ("circuit",), ("secrecy",), ("training",), ("cpe", "serial"))
_NEEDS: dict[State, tuple[tuple[str, ...], ...]] = {
    "planned": (),
    "ordered": (("order",),),
    "in_service": _SERVICE,
    "suspended": _SERVICE,
    "withdrawn": (),
}
"""Seed 四(二): every unit leases and orders for itself; seed 二(二)4 and 五: reviewed and trained first."""


def _value(unit: Unit, path: tuple[str, ...]) -> object:
    value: object = unit
    for name in path:
        value = getattr(value, name)
    return value


def records(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Each state has the paperwork it stands for (seed 四(二) and 五)."""
    for unit in inventory.units.values():
        for path in _NEEDS[unit.state]:
            if _value(unit, path) is None:
                params = {"state": unit.state, "key": ".".join(path)}
                yield Problem("unit.record_missing", common.unit(inventory, unit, "state"), params)
        if unit.state == "planned" and unit.order is not None:
            yield common.warning("unit.order_not_counted", common.unit(inventory, unit, "order"))


def secrecy(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """The extranet is unclassified: a classified unit is refused (seed 二(二)4: 非涉密政务外网)."""
    for unit in inventory.units.values():
        if unit.secrecy is not None and unit.secrecy.result == "classified":
            yield Problem(
                "unit.classified", common.unit(inventory, unit, "secrecy", "result"), {"unit": unit.id}
            )


def dates(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """States follow one another and nothing is dated after `as_of`, the only today (design §6.1)."""
    today = inventory.county.as_of
    for unit in inventory.units.values():
        yield from _states(inventory, unit)
        yield from _papers(inventory, unit)
        for path, day in _past(unit):
            if day > today:
                params = {"date": day.isoformat(), "as_of": today.isoformat(), "key": ".".join(path)}
                yield Problem("unit.date_future", common.unit(inventory, unit, *path), params)


def _past(unit: Unit) -> Iterator[tuple[tuple[str, str], date]]:
    """Everything that has happened."""
    for state in _STATES:
        day = unit.dates.reached(state)
        if day is not None:
            yield ("dates", state), day
    if unit.order is not None:
        yield ("order", "date"), unit.order.date
    if unit.lease is not None:
        yield ("lease", "date"), unit.lease.date
    if unit.secrecy is not None:
        yield ("secrecy", "date"), unit.secrecy.date
    if unit.training is not None:
        yield ("training", "date"), unit.training.date


def _states(inventory: Inventory, unit: Unit) -> Iterator[Problem]:
    if unit.dates.reached(unit.state) is None:
        yield Problem("unit.date_missing", common.unit(inventory, unit, "dates"), {"state": unit.state})
    reached = [(state, day) for state in _STATES if (day := unit.dates.reached(state)) is not None]
    for (earlier, first), (later, second) in pairwise(reached):
        if second < first:
            params = {
                "earlier": earlier,
                "first": first.isoformat(),
                "later": later,
                "second": second.isoformat(),
            }
            yield Problem("unit.date_order", common.unit(inventory, unit, "dates", later), params)
    # A unit back in service keeps the date of its suspension; nothing else may lie ahead of the state.
    rank = _STATES.index("suspended" if unit.state == "in_service" else unit.state)
    for state, _ in reached:
        if _STATES.index(state) > rank:
            params = {"state": unit.state, "later": state}
            yield Problem("unit.date_beyond", common.unit(inventory, unit, "dates", state), params)


def _papers(inventory: Inventory, unit: Unit) -> Iterator[Problem]:
    for name in ("order", "lease"):
        record = getattr(unit, name)
        if record is not None and record.date < unit.dates.planned:
            params = {"key": name, "date": record.date.isoformat(), "planned": unit.dates.planned.isoformat()}
            yield Problem("unit.date_before_plan", common.unit(inventory, unit, name, "date"), params)
    start = unit.dates.in_service
    for name in ("secrecy", "training"):
        record = getattr(unit, name)
        if start is not None and record is not None and record.date > start:
            params = {"key": name, "date": record.date.isoformat(), "in_service": start.isoformat()}
            yield Problem("unit.date_after_service", common.unit(inventory, unit, name, "date"), params)
    lease = unit.lease
    if lease is None:
        return
    if lease.until <= lease.date:
        params = {"date": lease.date.isoformat(), "until": lease.until.isoformat()}
        yield Problem("unit.lease_ends", common.unit(inventory, unit, "lease", "until"), params)
    elif lease.until < inventory.county.as_of and unit.state in {"ordered", "in_service", "suspended"}:
        yield common.warning(
            "unit.lease_expired",
            common.unit(inventory, unit, "lease", "until"),
            until=lease.until.isoformat(),
        )
