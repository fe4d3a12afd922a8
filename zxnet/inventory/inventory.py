"""The Inventory: everything the user owns, parsed and valid, with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from zxnet.inventory.county import County, Zone
from zxnet.inventory.facilities import City, Facilities, Facility, FacilityDevice, Link
from zxnet.inventory.tiers import Tier
from zxnet.inventory.units import Unit
from zxnet.inventory.yamlreader import Document, Marks, Path
from zxnet.problems import Place

__all__ = ["Inventory"]


@dataclass(frozen=True)
class Inventory:
    """One county. Units are keyed and ordered by id, so the order in the files means nothing."""

    county: County
    tiers: tuple[Tier, ...]
    network: Facilities
    units: dict[str, Unit]
    unit_marks: dict[str, Marks] = field(repr=False)
    documents: dict[str, Document] = field(repr=False)
    """The small files (county, facilities, tiers) by file name; unit files keep only their marks."""
    inputs: dict[str, str] = field(repr=False)
    """sha256 of every file read, by its path in the project."""

    @cached_property
    def tier_by_id(self) -> dict[str, Tier]:
        return {tier.id: tier for tier in self.tiers}

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.county.zones}

    @cached_property
    def facilities(self) -> dict[str, Facility]:
        return {f.id: f for f in self.network.facilities}

    @cached_property
    def facility_devices(self) -> dict[str, tuple[Facility, FacilityDevice]]:
        return {d.id: (f, d) for f in self.network.facilities for d in f.devices}

    @property
    def city(self) -> City:
        return self.network.city

    @property
    def links(self) -> tuple[Link, ...]:
        return self.network.links

    def facility(self, kind: str) -> Facility:
        """The hub or the backup site. Raises StopIteration when there is none (check sees to it)."""
        return next(f for f in self.network.facilities if f.kind == kind)

    def pop_of(self, unit: Unit) -> Facility:
        """The POP that serves a unit: the one it names, else the only one."""
        return self.facilities[unit.pop] if unit.pop else self.facility("pop")

    def of_unit(self, unit_id: str, path: Path = ()) -> Place:
        """Where a value of a unit stands, e.g. ("order", "tier")."""
        return self.unit_marks[unit_id].find(path)

    def of_file(self, file: str, path: Path = ()) -> Place:
        """Where a value of county.yaml, facilities.yaml or tiers.yaml stands."""
        return self.documents[file].find(path)
