"""What the rules share: places, doubles, suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zxnet.inventory.facilities import Facility, FacilityDevice
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import COUNTY, FACILITIES, TIERS
from zxnet.inventory.units import Unit
from zxnet.inventory.yamlreader import Path
from zxnet.problems import Place, Problem, nearest, shown

__all__ = ["Suggester", "county", "devices", "doubles", "facilities", "tiers", "unit", "warning"]


def unit(inventory: Inventory, entry: Unit, *path: str | int) -> Place:
    """Where a value of a unit stands."""
    return inventory.of_unit(entry.id, path)


def county(inventory: Inventory, *path: str | int) -> Place:
    """Where a value of county.yaml stands."""
    return inventory.of_file(COUNTY, path)


def facilities(inventory: Inventory, *path: str | int) -> Place:
    """Where a value of facilities.yaml stands."""
    return inventory.of_file(FACILITIES, path)


def tiers(inventory: Inventory, *path: str | int) -> Place:
    """Where a value of tiers.yaml stands."""
    return inventory.of_file(TIERS, path)


def warning(code: str, place: Place, **params: str) -> Problem:
    """Something to look at that stops nothing."""
    return Problem(code, place, params, "warning")


def devices(inventory: Inventory) -> Iterator[tuple[Facility, FacilityDevice, Path]]:
    """Every facility device with its path in facilities.yaml."""
    for i, facility in enumerate(inventory.network.facilities):
        for j, device in enumerate(facility.devices):
            yield facility, device, ("facilities", i, "devices", j)


def doubles(code: str, entries: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """A problem for each value seen before, naming the place that has it already."""
    seen: dict[str, Place] = {}
    for value, place in entries:
        first = seen.setdefault(value, place)
        if first is not place:
            yield Problem(code, place, {"value": shown(value), "first": str(first)})


@dataclass
class Suggester:
    """Nearest names, for the first few only: the search is slow, and a county may have 10,000 units."""

    known: Iterable[str]
    left: int = 20

    def __call__(self, word: str) -> str:
        if self.left <= 0:
            return ""
        self.left -= 1
        return nearest(word, self.known)
