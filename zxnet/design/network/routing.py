"""Routes, routing protocols and the policies between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zxnet.design.network.interfaces import Bfd
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = [
    "Action",
    "Bgp",
    "BgpInstance",
    "BgpNeighbor",
    "Ospf",
    "OspfInterface",
    "PrefixList",
    "PrefixRule",
    "Probe",
    "Redistribute",
    "RouteMap",
    "RouteMapEntry",
    "StaticRoute",
]

Action = Literal["permit", "deny"]


@dataclass(frozen=True, slots=True)
class Probe:
    """An ICMP probe whose result a static route follows."""

    rule: str
    number: int
    tag: str  # test name, e.g. zx101
    vrf: str
    source_interface: str
    source: Inet
    destination: Inet
    interval_s: int
    timeout_ms: int
    losses: int  # consecutive losses until it counts as down

    @property
    def interval_ms(self) -> int:
        return self.interval_s * 1000

    @property
    def timeout_s(self) -> int:
        """In whole seconds, rounded up."""
        return -(-self.timeout_ms // 1000)

    @property
    def confirm_s(self) -> int:
        """From the first loss to the last of `losses`, for platforms that count seconds instead."""
        return self.interval_s * (self.losses - 1)


@dataclass(frozen=True, slots=True)
class StaticRoute:
    rule: str
    vrf: str
    prefix: Inet
    interface: str  # "" when only a next hop is given
    next_hop: str  # "" when only an interface is given
    distance: int  # 1–255
    tag: int  # 0 = none
    probe: Probe | None
    discard: bool  # blackhole
    description: FreeText


@dataclass(frozen=True, slots=True)
class PrefixRule:
    seq: int
    action: Action
    prefix: Inet
    le: int = 0  # 0 = exact length


@dataclass(frozen=True, slots=True)
class PrefixList:
    rule: str
    name: str
    family: int
    rules: tuple[PrefixRule, ...]


@dataclass(frozen=True, slots=True)
class RouteMapEntry:
    """Permit what `match` (a PrefixList name; "" = everything) covers, and set the rest."""

    seq: int
    match: str = ""
    match6: str = ""
    local_preference: int = 0
    metric: int = 0
    prepend: int = 0  # how many times `asn` is prepended
    asn: int = 0


@dataclass(frozen=True, slots=True)
class RouteMap:
    rule: str
    name: str
    entries: tuple[RouteMapEntry, ...]  # what no entry matches is denied


@dataclass(frozen=True, slots=True)
class BgpNeighbor:
    rule: str
    address: Inet  # /32 or /128
    remote_asn: int
    description: FreeText
    local: Inet  # own address of the session
    source_interface: str
    internal: bool  # iBGP: update-source and next-hop-self apply
    bfd: Bfd | None
    password: str  # secret reference, "" = none (external neighbour without one)
    import_list: str  # PrefixList names
    export_list: str
    import_map: str  # RouteMap names
    export_map: str
    max_prefixes: int
    keepalive_s: int
    hold_s: int
    enabled: bool  # False: administratively shut (unit suspended)


@dataclass(frozen=True, slots=True)
class Redistribute:
    source: Literal["static", "connected", "bgp", "ospf"]
    route_map: str
    metric: int = 0


@dataclass(frozen=True, slots=True)
class BgpInstance:
    """The BGP of one zone; the public one has vrf ""."""

    vrf: str
    router_id: str
    neighbors: tuple[BgpNeighbor, ...]
    networks: tuple[Inet, ...]  # both families
    redistribute: tuple[Redistribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Bgp:
    rule: str
    asn: int
    router_id: str
    instances: tuple[BgpInstance, ...]  # public first
    distance_ebgp: int = 20
    distance_ibgp: int = 200
    distance_local: int = 200


@dataclass(frozen=True, slots=True)
class OspfInterface:
    name: str
    network: Inet  # IPv4 network of the interface
    cost: int
    passive: bool
    hello_s: int
    dead_s: int
    key_id: int
    key: str  # secret reference; "" on passive interfaces
    bfd: Bfd | None


@dataclass(frozen=True, slots=True)
class Ospf:
    """One process of one zone; always area 0, point-to-point between facilities."""

    rule: str
    process: int
    vrf: str
    router_id: str
    interfaces: tuple[OspfInterface, ...]
    interfaces6: tuple[OspfInterface, ...]  # OSPFv3: the same with IPv6 networks
    redistribute: tuple[Redistribute, ...]
