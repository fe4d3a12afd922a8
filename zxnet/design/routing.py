"""Small makers of routing facts, shared by all functions."""

from __future__ import annotations

from typing import NamedTuple

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.plan import Plan
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["PolicyNames", "neighbor", "policy_names", "static", "tunnel_probe"]

DISTANCE = 60  # of static routes that are the only way


class PolicyNames(NamedTuple):
    """Names of the lists and maps of one zone and family on a CPE."""

    centre: str
    lan: str
    from_hub: str
    from_backup: str
    to_hub: str
    to_backup: str


def policy_names(zone: str, family: int) -> PolicyNames:
    """The names of a zone; lists differ by family, maps serve both."""
    lists = ("-V6" if family == 6 else "") + (f"-{zone}" if zone else "")
    maps = f"-{zone}" if zone else ""
    return PolicyNames(
        f"ZX-CENTRE{lists}",
        f"ZX-LAN{lists}",
        f"ZX-FROM-HUB{maps}",
        f"ZX-FROM-BACKUP{maps}",
        f"ZX-TO-HUB{maps}",
        f"ZX-TO-BACKUP{maps}",
    )


def static(
    rule: str,
    prefix: Inet,
    *,
    vrf: str = "",
    interface: str = "",
    next_hop: str = "",
    distance: int = DISTANCE,
    probe: n.Probe | None = None,
    discard: bool = False,
    description: FreeText,
) -> n.StaticRoute:
    """A static route; `discard` makes it a blackhole."""
    return n.StaticRoute(rule, vrf, prefix, interface, next_hop, distance, 0, probe, discard, description)


def tunnel_probe(
    plan: Plan, *, number: int, tag: str, vrf: str, interface: str, source: Inet, destination: Inet
) -> n.Probe:
    """The probe through a tunnel, from `source` to the far end, with the county's timers."""
    wish = plan.county.probe
    return n.Probe(
        rules.TRACKED_ROUTES,
        number,
        tag,
        vrf,
        interface,
        source,
        destination,
        wish.interval_s,
        wish.timeout_ms,
        wish.losses,
    )


def neighbor(
    plan: Plan,
    *,
    rule: str,
    address: Inet,
    remote_asn: int,
    description: FreeText,
    local: Inet,
    source_interface: str,
    key: str,
    lists: tuple[str, str],
    maps: tuple[str, str],
    max_prefixes: int,
    internal: bool = False,
    enabled: bool = True,
) -> n.BgpNeighbor:
    """`lists` and `maps` are (import, export); `key` is the secret's path without version."""
    wish = plan.county.routing
    return n.BgpNeighbor(
        rule=rule,
        address=address,
        remote_asn=remote_asn,
        description=description,
        local=local,
        source_interface=source_interface,
        internal=internal,
        bfd=None if internal else plan.bfd,
        password=plan.given.secret(key),
        import_list=lists[0],
        export_list=lists[1],
        import_map=maps[0],
        export_map=maps[1],
        max_prefixes=max_prefixes,
        keepalive_s=wish.keepalive_s,
        hold_s=wish.hold_s,
        enabled=enabled,
    )
