"""The Network: what each device must do, as facts in no vendor's syntax.

`design` fills these frozen dataclasses, templates print them. Every fact carries `rule`, the name of
the design rule that made it (`zxnet.design.rules`); the rule knows its source and which inventory
values it read. Units are in the names (`_kbps`, `_s`, `_ms`, `_bytes`). Interface names are already
the platform's own; so are crypto keywords in `Device.kw`. `vrf` is "" for the public zone.

Empty means "not on this device": `None`, "" or an empty tuple. Nothing here is optional by accident.
"""

from zxnet.design.network.device import Device, Function, Role
from zxnet.design.network.interfaces import Bfd, Interface, PppClient, Tunnel, Vrf, VrrpGroup
from zxnet.design.network.policy import Acl, AclRule, Crypto, Management, User
from zxnet.design.network.routing import (
    Action,
    Bgp,
    BgpInstance,
    BgpNeighbor,
    Ospf,
    OspfInterface,
    PrefixList,
    PrefixRule,
    Probe,
    Redistribute,
    RouteMap,
    RouteMapEntry,
    StaticRoute,
)
from zxnet.design.network.services import Aggregation, Dataset, PppoeAccount, PppoeServer, Store, VlanService
from zxnet.design.network.terminals import Bookmark, OaClient, RemoteAccess, VpnGateway

__all__ = [
    "Acl",
    "AclRule",
    "Action",
    "Aggregation",
    "Bfd",
    "Bgp",
    "BgpInstance",
    "BgpNeighbor",
    "Bookmark",
    "Crypto",
    "Dataset",
    "Device",
    "Function",
    "Interface",
    "Management",
    "OaClient",
    "Ospf",
    "OspfInterface",
    "PppClient",
    "PppoeAccount",
    "PppoeServer",
    "PrefixList",
    "PrefixRule",
    "Probe",
    "Redistribute",
    "RemoteAccess",
    "Role",
    "RouteMap",
    "RouteMapEntry",
    "StaticRoute",
    "Store",
    "Tunnel",
    "User",
    "VlanService",
    "VpnGateway",
    "Vrf",
    "VrrpGroup",
]
