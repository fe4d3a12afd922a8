"""The VPN gateways at hub and backup: a tunnel for each unit (and zone), routes that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.acls import AclBuilder, number
from zxnet.design.facility import Base
from zxnet.design.management import management
from zxnet.design.router import METRIC
from zxnet.design.routing import static, tunnel_probe
from zxnet.design.site import Site
from zxnet.design.tunnels import TunnelEnd, tunnel_interface
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Vpn", "can_take_terminals"]


def can_take_terminals(kw: dict[str, str]) -> bool:
    """Whether a gateway's platform has a verified template for remote access with certificates."""
    return bool(kw.get("remote_access"))


@dataclass(frozen=True)
class Vpn(Base):
    """Facts of hub-vpn1 or backup-vpn1."""

    @cached_property
    def ends(self) -> list[tuple[Site, TunnelEnd]]:
        return [
            (
                site,
                TunnelEnd(
                    at,
                    self.facility,
                    number=at.tunnel,
                    subnets=at.tunnel_hub if self.primary else at.tunnel_backup,
                ),
            )
            for site in self.plan.sites.values()
            for at in site.attachments
            if at.tunnel
        ]

    def device(self) -> n.Device:
        plan, entry = self.plan, self.entry
        return n.Device(
            id=entry.id,
            owner=self.facility.id,
            function="vpn",
            role=self.role,
            platform=entry.platform,
            model=entry.model,
            release=entry.release,
            kw=self.kw,
            families=plan.families,
            management=management(plan, entry.id, self.loopback_name, self.addresses[0]),
            interfaces=self.with_unused(
                self.loopback(),
                *self.zone_gateways(),
                *self.link_interfaces("transport", "wan", "ZX-WAN-IN"),
                *self.link_interfaces("core", "core"),
                *self.lan_interfaces(),
                *(self.tunnel(site, end) for site, end in self.ends),
            ),
            vrfs=tuple(plan.zone_vrf(zone) for zone in plan.zones),
            crypto=plan.crypto,
            probes=tuple(self.probe(end) for _, end in self.ends),
            routes=(*self.towards_bras(), *self.towards_units()),
            prefix_lists=tuple(self.prefix_lists()),
            route_maps=tuple(self.route_maps()),
            ospf=self.ospf({zone: tuple(self.into_ospf(zone)) for zone in ("", *plan.zones)}),
            vrrp=self.vrrp(),
            acls=tuple(self.acls()),
            remote_access=self.remote_access(),
        )

    # --- interfaces ---

    def zone_gateways(self) -> Iterator[n.Interface]:
        """The address of each zone's tunnel ends: in the public routing table, on a loopback of its own."""
        for zone, entry in self.plan.zones.items():
            yield n.Interface(
                rule=rules.ZONE,
                name=self.platform.interface("loopback", number=entry.number),
                kind="loopback",
                purpose="wan",
                description=FreeText(f"gateway address of zone {zone}"),
                v4=self.plan.gateway(self.facility, zone),
            )

    def _passive(self) -> list[tuple[str, Inet]]:
        """The zones' gateway addresses are announced as well: encrypted fibre comes through the routers."""
        zones = [(i.name, i.v4) for i in self.zone_gateways() if i.v4 is not None]
        return [*super()._passive(), *zones]

    def outer(self, zone: str) -> str:
        """The interface that holds the gateway address of a zone."""
        if zone:
            return self.platform.interface("loopback", number=self.plan.zones[zone].number)
        link, end = self.links_to("transport")[0]
        return self.port(link, end)

    def tunnel(self, site: Site, end: TunnelEnd) -> n.Interface:
        at = end.at
        destination = site.ppp if site.ppp is not None else site.public.wan[0].at(3).host
        return tunnel_interface(
            self.plan,
            end,
            name=self.platform.interface("tunnel", number=end.number),
            tag=f"zx{end.number}",
            source_interface=self.outer(at.zone),
            source=self.plan.gateway(self.facility, at.zone),
            destination=destination,
            own=self.entry.id,
            peer=site.device,
            unit=site.unit.id,
            host=1,
            acl=(f"ZX-TUNNEL-IN-{at.zone}" if at.zone else "ZX-TUNNEL-IN", number("TUNNEL-IN", at.index)),
            initiator=False,
            enabled=site.enabled,
        )

    def probe(self, end: TunnelEnd) -> n.Probe:
        return tunnel_probe(
            self.plan,
            number=end.number,
            tag=f"zx{end.number}",
            vrf=end.at.zone,
            interface=self.platform.interface("tunnel", number=end.number),
            source=end.subnets[0].at(1),
            destination=end.subnets[0].at(2),
        )

    # --- routing ---

    def towards_bras(self) -> Iterator[n.StaticRoute]:
        """The accounts' addresses: the whole pool where there is one BRAS, else each behind its own."""
        links = self.links_to("transport")
        accounts = self.plan.accounts
        for link, end in links:
            assert link.prefix4 is not None  # check: only a trunk has no prefix
            next_hop = link.prefix4.at(2 - end).ip
            pop, _ = self.plan.inventory.facility_devices[self.plan.far_end(link, end).device]
            for prefix in accounts[pop.id] if len(links) > 1 else (self.plan.county.addressing.ppp.v4,):
                what = FreeText(f"PPPoE accounts of {pop.id}")
                yield static(rules.ACCESS_ADSL, prefix, next_hop=next_hop, description=what)

    def towards_units(self) -> Iterator[n.StaticRoute]:
        for site, end in self.ends:
            at = end.at
            for prefix in at.prefixes if at.zone else (*at.prefixes, *site.loopback):
                yield static(
                    rules.TRACKED_ROUTES,
                    prefix,
                    vrf=at.zone,
                    interface=self.platform.interface("tunnel", number=end.number),
                    probe=self.probe(end),
                    description=FreeText(f"unit {site.unit.id}"),
                )

    def prefix_lists(self) -> Iterator[n.PrefixList]:
        plan = self.plan
        for family in plan.families:
            longest = 32 if family == 4 else 128
            for zone in ("", *plan.zones):
                lans = plan.pool("lan") if zone else (*plan.unit_lans, *plan.pool("loopback"))
                own = [p for p in lans if p.family == family]
                yield n.PrefixList(
                    rules.UNIT_ROUTES,
                    self.name("UNITS", zone, family),
                    family,
                    tuple(
                        n.PrefixRule(10 * i, "permit", p, longest if p.length < longest else 0)
                        for i, p in enumerate(own, 1)
                    ),
                )

    def route_maps(self) -> Iterator[n.RouteMap]:
        six = 6 in self.plan.families
        for zone in ("", *self.plan.zones):
            match6 = self.name("UNITS", zone, 6) if six else ""
            entry = n.RouteMapEntry(10, self.name("UNITS", zone), match6)
            yield n.RouteMap(rules.UNIT_ROUTES, self.name("UNITS-TO-OSPF", zone), (entry,))

    def into_ospf(self, zone: str) -> Iterator[n.Redistribute]:
        yield n.Redistribute("static", self.name("UNITS-TO-OSPF", zone), METRIC[self.facility.kind])

    # --- filters and remote access ---

    def acls(self) -> Iterator[n.Acl]:
        plan = self.plan
        accounts = plan.county.addressing.ppp.v4
        transport = [
            p.at(2 - e).host for li, e in self.links_to("transport") for p in plan.link_prefixes(li, "")
        ]
        wan_in = AclBuilder("WAN-IN")
        wan_in.ipsec([None] if self.remote_access() else [accounts]).ping((accounts, *transport))
        yield wan_in.build()
        for zone in ("", *plan.zones):
            index = plan.zones[zone].number if zone else 0
            if not any(end.at.zone == zone for _, end in self.ends):
                continue
            pool = plan.pool("tunnel_hub" if self.primary else "tunnel_backup")
            tunnel_in = AclBuilder("TUNNEL-IN", zone, index).ping(pool)
            tunnel_in.permit(plan.pool("lan") if zone else plan.unit_lans, plan.reach(zone))
            if not zone:
                for own, other in plan.peer_pairs:
                    tunnel_in.permit((own,), (other,))
                tunnel_in.permit(plan.pool("loopback"), plan.noc)
            yield tunnel_in.build()
        yield from self.noc_acl()

    def remote_access(self) -> n.RemoteAccess | None:
        """Terminals get addresses from this site's half of the pool."""
        if not can_take_terminals(self.kw):
            return None
        plan, half = self.plan.county.addressing, 0 if self.primary else 1

        def own(pool: Inet | None) -> Inet | None:
            return pool.subnet(pool.length + 1, half) if pool is not None else None

        pool = own(plan.remote)
        assert pool is not None
        return n.RemoteAccess(
            rule=rules.REMOTE_ACCESS,
            local_id=self.plan.fqdn(self.entry.id),
            pool=pool,
            pool6=own(plan.remote6) if 6 in self.plan.families else None,
            reach=self.plan.platform,
            ca_file=f"{self.plan.county.platform.ca}.pem",
        )
