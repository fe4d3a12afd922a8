"""The county's routers at hub and backup: city uplink, unit circuits, OSPF with the gateways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.acls import AclBuilder, number
from zxnet.design.facility import Base
from zxnet.design.management import management
from zxnet.design.routing import neighbor, static
from zxnet.design.site import Attachment, Site
from zxnet.inet import Inet
from zxnet.inventory.facilities import Facility
from zxnet.text import FreeText

__all__ = ["Router"]

METRIC = {"hub": 100, "backup": 200}
PREFERENCE = {"hub": 200, "backup": 100}
PREPEND = {"hub": 0, "backup": 2}


@dataclass(frozen=True)
class Router(Base):
    """Facts of hub-router1 or backup-router1."""

    @cached_property
    def circuits(self) -> list[tuple[Site, Attachment, str]]:
        """(site, attachment, trunk port) of every unit circuit, by unit and zone."""
        trunks = {}
        for link, end in self.links_to("trunk"):
            facility, _ = self.plan.inventory.facility_devices[self.plan.far_end(link, end).device]
            trunks[facility.id] = self.port(link, end)
        return [
            (site, at, trunks[site.pop])
            for site in self.plan.sites.values()
            for at in site.attachments
            if at.vlan
        ]

    @cached_property
    def circuit_zones(self) -> frozenset[str]:
        """Zones that have a circuit here."""
        return frozenset(at.zone for _, at, _ in self.circuits)

    @cached_property
    def plain_zones(self) -> frozenset[str]:
        """Zones with a unit that reaches the centre over BGP itself, without tunnels."""
        return frozenset(at.zone for site, at, _ in self.circuits if not site.encrypted)

    @cached_property
    def host(self) -> int:
        """Own address in every circuit subnet: .1 hub, .2 backup."""
        return 1 if self.primary else 2

    @cached_property
    def zones(self) -> tuple[str, ...]:
        return ("", *self.plan.zones)

    def device(self) -> n.Device:
        plan, entry = self.plan, self.entry
        return n.Device(
            id=entry.id,
            owner=self.facility.id,
            function="router",
            role=self.role,
            platform=entry.platform,
            model=entry.model,
            release=entry.release,
            kw=self.kw,
            families=plan.families,
            management=management(plan, entry.id, self.loopback_name, self.addresses[0]),
            interfaces=self.with_unused(
                self.loopback(),
                *self.link_interfaces("city", "city", "ZX-CITY-IN"),
                *self.link_interfaces("core", "core"),
                *self.lan_interfaces(),
                *self.trunk_ports(),
                *(self.circuit(*c) for c in self.circuits),
            ),
            vrfs=tuple(plan.zone_vrf(zone) for zone in plan.zones),
            routes=tuple(self.aggregates()),
            prefix_lists=tuple(self.prefix_lists()),
            route_maps=tuple(self.route_maps()),
            bgp=self.bgp(),
            ospf=self.ospf({zone: tuple(self.into_ospf(zone)) for zone in self.zones}),
            vrrp=self.vrrp(),
            acls=tuple(self.acls()),
        )

    # --- interfaces ---

    def trunk_ports(self) -> Iterator[n.Interface]:
        for link, end in self.links_to("trunk"):
            yield n.Interface(
                rule=rules.ACCESS_FIBRE,
                name=self.port(link, end),
                kind="ethernet",
                purpose="trunk",
                description=FreeText(f"link {link.id} to {self.plan.far_end(link, end).device}"),
                mtu=self.plan.county.mtu.ethernet,
            )

    def circuit(self, site: Site, at: Attachment, port: str) -> n.Interface:
        zone = f" zone {at.zone}" if at.zone else ""
        own = [p.at(self.host) for p in at.wan]
        return n.Interface(
            rule=rules.ACCESS_FIBRE,
            name=self.vlan_name(port, at.vlan),
            kind="vlan",
            purpose="unit",
            description=FreeText(f"unit {site.unit.id}{zone} ") + site.unit.name_en,
            parent=port,
            vlan=at.vlan,
            vrf=at.zone,
            v4=next((p for p in own if p.family == 4), None),
            v6=next((p for p in own if p.family == 6), None),
            mtu=self.plan.county.mtu.ethernet,
            enabled=site.enabled,
            acl_in=f"ZX-UNIT-IN-{at.zone}" if at.zone else "ZX-UNIT-IN",
            acl_in_number=number("UNIT-IN", at.index),
            anti_spoof=True,
        )

    # --- routing policy ---

    def aggregates(self) -> Iterator[n.StaticRoute]:
        """The county as one prefix towards the city and the gateways; unknown parts are discarded."""
        for zone in self.zones:
            for prefix in self.inside(zone):
                yield static(
                    rules.CITY,
                    prefix,
                    vrf=zone,
                    distance=250,
                    discard=True,
                    description=FreeText("county aggregate"),
                )

    def county_lans(self, zone: str) -> tuple[Inet, ...]:
        """Where unit LANs of a zone lie: the pool, plus brought-along prefixes in the public zone."""
        return self.plan.pool("lan") if zone else self.plan.unit_lans

    def inside(self, zone: str) -> tuple[Inet, ...]:
        """What the gateways send to a county router: all unit LANs, and the loopbacks of the CPEs."""
        return (*self.county_lans(zone), *(() if zone else self.plan.pool("loopback")))

    def unit_list(self, site: Site, at: Attachment, family: int) -> str:
        if site.encrypted:
            return self.name("NONE", "", family)
        return self.name(f"U-{site.unit.id}", at.zone, family)

    def prefix_lists(self) -> Iterator[n.PrefixList]:
        plan = self.plan
        for family in plan.families:
            longest = 32 if family == 4 else 128

            def made(
                name: str,
                prefixes: tuple[Inet, ...],
                le: int = 0,
                rule: str = rules.CITY,
                family: int = family,
            ) -> n.PrefixList:
                own = [p for p in prefixes if p.family == family]
                entries = tuple(
                    n.PrefixRule(10 * i, "permit", p, le if le > p.length else 0)
                    for i, p in enumerate(own, 1)
                )
                deny = n.PrefixRule(10, "deny", Inet(family, 0, 0), le=32 if family == 4 else 128)
                return n.PrefixList(rule, name, family, entries or (deny,))

            for zone in self.zones:
                reach = plan.reach(zone)
                centre = reach if zone else (*reach, *plan.unit_lans)
                yield made(self.name("CITY", zone, family), plan.platform if not zone else reach)
                yield made(self.name("COUNTY", zone, family), self.county_lans(zone))
                yield made(self.name("INSIDE", zone, family), self.inside(zone))
                if zone in self.plain_zones:
                    yield made(self.name("TO-UNITS", zone, family), centre, rule=rules.UNIT_BGP)
            if plan.encrypted_fibre:
                yield made(self.name("GATEWAYS", "", family), plan.gateway_routes, rule=rules.TUNNELS)
                yield made(
                    self.name("CIRCUITS", "", family), plan.pool("wan"), le=longest, rule=rules.TUNNELS
                )
                yield made(self.name("NONE", "", family), (), rule=rules.TUNNELS)
            for site, at, _ in self.circuits:
                if not site.encrypted:
                    own = at.prefixes if at.zone else (*at.prefixes, *site.loopback)
                    yield made(self.unit_list(site, at, family), own, rule=rules.UNIT_BGP)

    def route_maps(self) -> Iterator[n.RouteMap]:
        kind, asn = self.facility.kind, self.plan.county.routing.asn
        six = 6 in self.plan.families

        def entry(base: str, zone: str = "", **values: int) -> tuple[n.RouteMapEntry, ...]:
            match6 = self.name(base, zone, 6) if six else ""
            return (n.RouteMapEntry(10, self.name(base, zone), match6, **values),)

        for zone in self.zones:
            preference = PREFERENCE[kind]
            yield n.RouteMap(
                rules.CITY, self.name("FROM-CITY", zone), (n.RouteMapEntry(10, local_preference=preference),)
            )
            yield n.RouteMap(
                rules.CITY,
                self.name("TO-CITY", zone),
                (n.RouteMapEntry(10, prepend=PREPEND[kind], asn=asn if PREPEND[kind] else 0),),
            )
            if zone in self.circuit_zones:
                preferred = (n.RouteMapEntry(10, local_preference=preference),)
                yield n.RouteMap(rules.UNIT_BGP, self.name("FROM-UNITS", zone), preferred)
                yield n.RouteMap(rules.UNIT_BGP, self.name("TO-UNITS-MAP", zone), (n.RouteMapEntry(10),))
            yield n.RouteMap(rules.CITY, self.name("INTERNAL", zone), (n.RouteMapEntry(10),))
            yield n.RouteMap(rules.CITY, self.name("CITY-TO-OSPF", zone), entry("CITY", zone))
            yield n.RouteMap(rules.CITY, self.name("INSIDE-TO-OSPF", zone), entry("INSIDE", zone))
        if self.plan.encrypted_fibre:
            yield n.RouteMap(rules.TUNNELS, "ZX-CIRCUITS-TO-OSPF", entry("CIRCUITS"))
            yield n.RouteMap(rules.TUNNELS, "ZX-GATEWAYS-TO-BGP", entry("GATEWAYS"))

    def into_ospf(self, zone: str) -> Iterator[n.Redistribute]:
        metric = METRIC[self.facility.kind]
        yield n.Redistribute("bgp", self.name("CITY-TO-OSPF", zone), metric)
        yield n.Redistribute("static", self.name("INSIDE-TO-OSPF", zone), metric)
        if not zone and self.plan.encrypted_fibre:
            yield n.Redistribute("connected", "ZX-CIRCUITS-TO-OSPF", metric)

    # --- BGP ---

    def bgp(self) -> n.Bgp:
        encrypted = self.plan.encrypted_fibre
        return n.Bgp(
            rule=rules.CITY,
            asn=self.plan.county.routing.asn,
            router_id=self.router_id,
            instances=tuple(
                n.BgpInstance(
                    vrf=zone,
                    router_id=self.router_id,
                    neighbors=(*self.city(zone), *self.internal(zone), *self.units(zone)),
                    networks=(
                        *self.county_lans(zone),
                        *(() if zone else self.plan.noc_here(self.facility)),
                    ),
                    redistribute=(n.Redistribute("ospf", "ZX-GATEWAYS-TO-BGP"),)
                    if encrypted and not zone
                    else (),
                )
                for zone in self.zones
            ),
        )

    def city(self, zone: str) -> Iterator[n.BgpNeighbor]:
        for link, end in self.links_to("city"):
            for prefix in self.plan.link_prefixes(link, zone):
                yield neighbor(
                    self.plan,
                    rule=rules.CITY,
                    address=prefix.at(2 - end).host,
                    remote_asn=self.plan.inventory.city.asn,
                    description=FreeText(
                        self.plan.far_end(link, end).device + (f" zone {zone}" if zone else "")
                    ),
                    local=prefix.at(1 + end).host,
                    source_interface=self.link_name(link, end, zone),
                    key=f"bgp/{link.id}" + (f"/{zone}" if zone else ""),
                    lists=(self.name("CITY", zone, prefix.family), self.name("COUNTY", zone, prefix.family)),
                    maps=(self.name("FROM-CITY", zone), self.name("TO-CITY", zone)),
                    max_prefixes=self.plan.county.routing.city_prefixes,
                )

    def internal(self, zone: str) -> Iterator[n.BgpNeighbor]:
        """IBGP with the other site's router: over loopbacks, in a zone over the link between the sites."""
        plan = self.plan
        other: Facility = plan.backup if self.primary else plan.hub
        peer = plan.device_of(other, "router").id
        if zone:
            link, end = next((li, e) for li, e in self.links_to("core") if plan.far_end(li, e).device == peer)
            pairs = [
                (p.at(1 + end).host, p.at(2 - end).host, self.link_name(link, end, zone))
                for p in plan.link_prefixes(link, zone)
            ]
        else:
            pairs = [
                (own, far, self.loopback_name)
                for own, far in zip(self.addresses, plan.loopback(peer), strict=True)
            ]
        for own, far, interface in pairs:
            yield neighbor(
                plan,
                rule=rules.CITY,
                address=far,
                remote_asn=plan.county.routing.asn,
                description=FreeText(peer + (f" zone {zone}" if zone else "")),
                local=own,
                source_interface=interface,
                key="bgp/internal" + (f"/{zone}" if zone else ""),
                lists=("", ""),
                maps=(self.name("INTERNAL", zone), self.name("INTERNAL", zone)),
                max_prefixes=max(1000, 4 * len(plan.sites)),
                internal=True,
            )

    def units(self, zone: str) -> Iterator[n.BgpNeighbor]:
        plan = self.plan
        for site, at, port in self.circuits:
            if at.zone != zone:
                continue
            middle = f"{zone}/" if zone else ""
            for subnet in at.wan:
                export = "GATEWAYS" if site.encrypted else "TO-UNITS"
                yield neighbor(
                    plan,
                    rule=rules.UNIT_BGP,
                    address=subnet.at(3).host,
                    remote_asn=site.asn,
                    description=FreeText(site.device + (f" zone {zone}" if zone else "")),
                    local=subnet.at(self.host).host,
                    source_interface=self.vlan_name(port, at.vlan),
                    key=f"bgp/{site.unit.id}/{middle}{self.facility.kind}",
                    lists=(self.unit_list(site, at, subnet.family), self.name(export, zone, subnet.family)),
                    maps=(self.name("FROM-UNITS", zone), self.name("TO-UNITS-MAP", zone)),
                    max_prefixes=plan.county.routing.unit_prefixes,
                    enabled=site.enabled,
                )

    # --- filters ---

    def acls(self) -> Iterator[n.Acl]:
        plan = self.plan
        for zone in self.zones:
            index = plan.zones[zone].number if zone else 0
            lans = self.county_lans(zone)
            centre = plan.reach(zone) if zone else plan.platform
            city = [p.at(2 - e).host for li, e in self.links_to("city") for p in plan.link_prefixes(li, zone)]
            yield AclBuilder("CITY-IN", zone, index).routing(city).permit(centre, lans).build()
            if zone not in self.circuit_zones:
                continue
            unit_in = AclBuilder("UNIT-IN", zone, index).routing(plan.pool("wan"))
            unit_in.permit(lans, plan.reach(zone))
            if not zone:
                for own, other in plan.peer_pairs:
                    unit_in.permit((own,), (other,))
                unit_in.permit(plan.pool("loopback"), plan.noc)
                if plan.encrypted_fibre:
                    unit_in.ipsec([p for p in plan.pool("wan") if p.family == 4], plan.gateways)
            yield unit_in.build()
        yield from self.noc_acl()
