"""Design: Inventory and Allocations in, Network out. Pure: no files, no clock, no randomness.

The Network is lazy: devices are designed one at a time when asked for, so memory grows with the
inventory, not with its configs; what all devices share is computed once, in `Plan`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zxnet.allocate.allocations import Allocations
from zxnet.design import network as n
from zxnet.design.cpe import cpe
from zxnet.design.plan import Plan
from zxnet.design.pop import Agg, Bras
from zxnet.design.router import Router
from zxnet.design.store import Store
from zxnet.design.terminals import oa_client
from zxnet.design.vpn import Vpn
from zxnet.inventory.inventory import Inventory

__all__ = ["Network", "design"]

_FUNCTIONS: dict[str, Callable[..., Router | Vpn | Bras | Agg | Store]] = {
    "router": Router,
    "vpn": Vpn,
    "bras": Bras,
    "agg": Agg,
    "store": Store,
}


@dataclass(frozen=True)
class Network:
    """The designed county. Devices are ordered by id, whatever the order in the files."""

    plan: Plan

    @property
    def device_ids(self) -> list[str]:
        units = [site.device for site in self.plan.sites.values()]
        return sorted([*units, *self.plan.inventory.facility_devices])

    def device(self, device_id: str) -> n.Device:
        """Design one device. Raises KeyError when there is none of that id."""
        facility_device = self.plan.inventory.facility_devices.get(device_id)
        if facility_device is not None:
            facility, entry = facility_device
            return _FUNCTIONS[entry.function](self.plan, facility, entry).device()
        return cpe(self.plan, self.plan.sites[device_id.rsplit("-", 1)[0]])

    def devices(self) -> Iterator[n.Device]:
        for device_id in self.device_ids:
            yield self.device(device_id)

    def oa_client(self, unit_id: str) -> n.OaClient:
        """The terminals of one rendered unit. Raises KeyError for any other."""
        return oa_client(self.plan, self.plan.sites[unit_id].unit)


def design(inventory: Inventory, allocations: Allocations) -> Network:
    """Design the county. The inventory must have passed `check`; its promises are relied on."""
    return Network(Plan(inventory, allocations))
