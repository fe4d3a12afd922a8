"""One managed box: all its facts together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zxnet.design.network.interfaces import Bfd, Interface, PppClient, Vrf, VrrpGroup
from zxnet.design.network.policy import Acl, Crypto, Management
from zxnet.design.network.routing import Bgp, Ospf, PrefixList, Probe, RouteMap, StaticRoute
from zxnet.design.network.services import Aggregation, PppoeServer, Store
from zxnet.design.network.terminals import RemoteAccess

__all__ = ["Device", "Function", "Role"]

Function = Literal["cpe", "router", "vpn", "bras", "agg", "store"]
Role = Literal["cpe", "router", "vpn", "backup", "oa-client"]


@dataclass(frozen=True, slots=True)
class Device:
    """One managed box with everything its templates print."""

    id: str
    owner: str  # unit or facility id
    function: Function
    role: Role
    platform: str
    model: str
    release: str
    kw: dict[str, str]  # keyword variants of this platform, model and release
    families: tuple[int, ...]  # (4,) or (4, 6)
    management: Management
    interfaces: tuple[Interface, ...]  # loopback, WAN, LAN, … in the order to configure them
    vrfs: tuple[Vrf, ...] = ()
    ppp: PppClient | None = None
    crypto: Crypto | None = None
    probes: tuple[Probe, ...] = ()
    routes: tuple[StaticRoute, ...] = ()
    prefix_lists: tuple[PrefixList, ...] = ()
    route_maps: tuple[RouteMap, ...] = ()
    bgp: Bgp | None = None
    ospf: tuple[Ospf, ...] = ()
    vrrp: tuple[VrrpGroup, ...] = ()
    acls: tuple[Acl, ...] = ()
    pppoe_server: PppoeServer | None = None
    aggregation: Aggregation | None = None
    store: Store | None = None
    remote_access: RemoteAccess | None = None

    @property
    def tunnels(self) -> tuple[Interface, ...]:
        """The interfaces that carry a tunnel."""
        return tuple(i for i in self.interfaces if i.tunnel)

    @property
    def shaped(self) -> tuple[Interface, ...]:
        """The interfaces that are always there and have a shaper or policer of their own."""
        return tuple(i for i in self.interfaces if i.kind != "ppp" and (i.shape_kbps or i.police_kbps))

    @property
    def shape_rates(self) -> tuple[int, ...]:
        """The shapers' rates in use, each once."""
        return tuple(dict.fromkeys(i.shape_kbps for i in self.interfaces if i.shape_kbps))

    @property
    def bfd(self) -> tuple[Bfd, ...]:
        """The sets of BFD timers in use, each once."""
        neighbors = (x.bfd for i in self.bgp.instances for x in i.neighbors) if self.bgp else ()
        links = (x.bfd for o in self.ospf for x in (*o.interfaces, *o.interfaces6))
        return tuple(dict.fromkeys(b for b in (*neighbors, *links) if b))
