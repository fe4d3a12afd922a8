"""Both ends of a tunnel from one description, so that they cannot disagree (rule `tunnels`)."""

from __future__ import annotations

from dataclasses import dataclass

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.plan import Plan
from zxnet.design.site import Attachment
from zxnet.inet import Inet
from zxnet.inventory.facilities import Facility
from zxnet.text import FreeText

__all__ = ["TunnelEnd", "psk", "tunnel_interface"]


@dataclass(frozen=True, slots=True)
class TunnelEnd:
    """One tunnel of an attachment towards a facility; `number` is its number on this device."""

    at: Attachment
    facility: Facility
    number: int
    subnets: tuple[Inet, ...]  # .1 gateway, .2 CPE


def psk(plan: Plan, unit: str, end: TunnelEnd) -> str:
    """The tunnel's own pre-shared key: the same reference at both ends."""
    middle = f"{end.at.zone}/" if end.at.zone else ""
    return plan.given.secret(f"vpn/{unit}/{middle}{end.facility.kind}/psk")


def tunnel_interface(
    plan: Plan,
    end: TunnelEnd,
    *,
    name: str,
    tag: str,
    source_interface: str,
    source: Inet,
    destination: Inet,
    own: str,
    peer: str,
    unit: str,
    host: int,
    acl: tuple[str, int],
    initiator: bool,
    enabled: bool,
) -> n.Interface:
    """The tunnel interface at one end; `host` 1 is the gateway's address, 2 the CPE's."""
    mtu = plan.county.mtu.tunnel
    v6 = next((s.at(host) for s in end.subnets if s.family == 6), None)
    # Identities name the zone as well: a gateway tells two tunnels of one CPE apart by them.
    suffix = f"{end.at.zone}." if end.at.zone else ""
    return n.Interface(
        rule=rules.TUNNELS,
        name=name,
        kind="tunnel",
        purpose="wan" if initiator else "unit",
        description=FreeText(f"to {peer}" + (f" zone {end.at.zone}" if end.at.zone else "")),
        vrf=end.at.zone,
        v4=end.subnets[0].at(host),
        v6=v6,
        mtu=mtu,
        mss4=mtu - 40,  # IPv4 and TCP headers
        mss6=mtu - 60 if v6 is not None else 0,
        enabled=enabled,
        tunnel=n.Tunnel(
            number=end.number,
            tag=tag,
            peer=peer,
            unit=unit,
            zone=end.at.zone,
            source_interface=source_interface,
            source=source,
            destination=destination,
            local_id=suffix + plan.fqdn(own),
            remote_id=suffix + plan.fqdn(peer),
            psk=psk(plan, unit, end),
            initiator=initiator,
        ),
        acl_in=acl[0],
        acl_in_number=acl[1],
        # At the CPE the filter already names the sources; a strict check there would drop what comes
        # through the backup tunnel in the seconds when only one end has failed over.
        anti_spoof=not initiator,
    )
