"""The CPE in a unit's building: access, LAN, tunnels or BGP, filters (one function a concern)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.acls import AclBuilder, number
from zxnet.design.management import management
from zxnet.design.plan import Plan
from zxnet.design.ports import unused_ports
from zxnet.design.routing import neighbor, policy_names, static, tunnel_probe
from zxnet.design.site import Attachment, Site
from zxnet.design.tunnels import TunnelEnd, tunnel_interface
from zxnet.inet import Inet
from zxnet.inventory.facilities import Facility
from zxnet.platforms.catalog import Platform
from zxnet.text import FreeText

__all__ = ["cpe"]

POOL = 1  # number of the one PPPoE client
HUB, BACKUP = 60, 70  # distances of the routes through either path
CPE_HOST = 3  # .1 hub router, .2 backup router, .3 CPE in a circuit subnet


def cpe(plan: Plan, site: Site) -> n.Device:
    """The facts of a unit's CPE."""
    return _Cpe(plan, site).device()


@dataclass(frozen=True)
class _Cpe:
    plan: Plan
    site: Site

    # --- names ---

    @cached_property
    def platform(self) -> Platform:
        return self.plan.load(self.site.unit.cpe.platform)

    @cached_property
    def wan_port(self) -> str:
        unit = self.site.unit
        return unit.cpe.wan or self.platform.models[unit.cpe.model].wan

    @cached_property
    def lan_port(self) -> str:
        unit = self.site.unit
        return unit.demarcation.port or self.platform.models[unit.cpe.model].lan

    @cached_property
    def loopback_name(self) -> str:
        return self.platform.interface("loopback", number=0)

    @cached_property
    def underlay(self) -> str:
        """The interface tunnels run over: the PPP session, or the public circuit VLAN."""
        if self.site.ppp is not None:
            return self.platform.interface("ppp", pool=POOL)
        return self.platform.interface("vlan", parent=self.wan_port, vlan=self.site.public.vlan)

    def lan_name(self, at: Attachment) -> str:
        if not at.lan_vlan:
            return self.lan_port
        return self.platform.interface("vlan", parent=self.lan_port, vlan=at.lan_vlan)

    def wan_name(self, at: Attachment) -> str:
        return self.platform.interface("vlan", parent=self.wan_port, vlan=at.vlan)

    def ends(self, at: Attachment) -> tuple[TunnelEnd, ...]:
        """Both tunnels of a zone, the hub's first."""
        return tuple(
            TunnelEnd(at, facility, number=at.index * 10 + position, subnets=subnets)
            for position, (facility, subnets) in enumerate(
                ((self.plan.hub, at.tunnel_hub), (self.plan.backup, at.tunnel_backup)), 1
            )
            if at.tunnel
        )

    def tunnel_name(self, end: TunnelEnd) -> str:
        return self.platform.interface("tunnel", number=end.number)

    # --- the device ---

    def device(self) -> n.Device:
        plan, site = self.plan, self.site
        wish = site.unit.cpe
        routed = [a for a in site.attachments if a.vlan]
        interfaces = self.interfaces()
        return n.Device(
            id=site.device,
            owner=site.unit.id,
            function="cpe",
            role="cpe",
            platform=wish.platform,
            model=wish.model,
            release=wish.release,
            kw=plan.keywords(self.platform, wish.release),
            families=plan.families,
            management=management(plan, site.device, self.loopback_name, site.loopback[0]),
            interfaces=(
                *interfaces,
                *unused_ports(self.platform, wish.model, interfaces, plan.county.mtu.ethernet),
            ),
            vrfs=tuple(plan.zone_vrf(at.zone) for at in site.attachments if at.zone),
            ppp=self.ppp(),
            crypto=plan.crypto if site.encrypted else None,
            probes=tuple(self.probe(end) for at in site.attachments for end in self.ends(at)),
            routes=tuple(self.routes()),
            prefix_lists=tuple(p for at in routed for p in self.prefix_lists(at)),
            route_maps=tuple(r for at in routed for r in self.route_maps(at)),
            bgp=self.bgp(routed) if routed else None,
            acls=tuple(acl for at in site.attachments for acl in self.acls(at)),
        )

    def interfaces(self) -> tuple[n.Interface, ...]:
        attachments = self.site.attachments
        return (
            self.loopback(),
            *self.wan(),
            *(self.lan(at) for at in attachments),
            *(self.tunnel(end) for at in attachments for end in self.ends(at)),
        )

    def loopback(self) -> n.Interface:
        return n.Interface(
            rule=rules.MANAGEMENT,
            name=self.loopback_name,
            kind="loopback",
            purpose="management",
            description=FreeText("management"),
            v4=self.site.loopback[0],
            v6=next((p for p in self.site.loopback if p.family == 6), None),
        )

    def wan(self) -> list[n.Interface]:
        """The WAN port, and the PPP session or the circuit VLANs on it."""
        site, mtu = self.site, self.plan.county.mtu
        access, adsl = site.access, site.ppp is not None
        port = n.Interface(
            rule=rules.ACCESS_ADSL if adsl else rules.ACCESS_FIBRE,
            name=self.wan_port,
            kind="ethernet",
            purpose="wan",
            description=FreeText(f"access {access.medium} circuit {site.unit.circuit or 'not yet known'}"),
            mtu=mtu.ethernet,
            pppoe_pool=POOL if adsl else 0,
            shape_kbps=0 if adsl else access.up_kbps,
            shape_burst_bytes=0 if adsl else access.burst_bytes,
        )
        if adsl:
            assert site.ppp is not None
            session = n.Interface(
                rule=rules.ACCESS_ADSL,
                name=self.underlay,
                kind="ppp",
                purpose="wan",
                description=FreeText(f"PPPoE to {self.plan.bras_of(site.pop)}"),
                parent=self.wan_port,
                v4=site.ppp,
                mtu=mtu.pppoe,
                acl_in="ZX-WAN-IN",
                acl_in_number=number("WAN-IN", 0),
                anti_spoof=True,
                shape_kbps=access.up_kbps,
                shape_burst_bytes=access.burst_bytes,
            )
            return [session, port]  # a port names the session it carries
        return [port, *(self.circuit(at) for at in site.attachments if at.vlan)]

    def circuit(self, at: Attachment) -> n.Interface:
        acl = f"ZX-WAN-IN-{at.zone}" if at.zone else "ZX-WAN-IN"
        v4, v6 = _hosts(at.wan, CPE_HOST)
        return n.Interface(
            rule=rules.ACCESS_FIBRE,
            name=self.wan_name(at),
            kind="vlan",
            purpose="wan",
            description=FreeText(f"circuit to county routers{_zone(at)}"),
            parent=self.wan_port,
            vlan=at.vlan,
            vrf=at.zone,
            v4=v4,
            v6=v6,
            mtu=self.plan.county.mtu.ethernet,
            acl_in=acl,
            acl_in_number=number("WAN-IN", at.index),
            anti_spoof=True,
            bfd=self.plan.bfd,
        )

    def lan(self, at: Attachment) -> n.Interface:
        v4, v6 = _hosts(at.lan, 1)
        return n.Interface(
            rule=rules.LAN,
            name=self.lan_name(at),
            kind="vlan" if at.lan_vlan else "ethernet",
            purpose="lan",
            description=FreeText(f"demarcation, LAN{_zone(at)} of ") + self.site.unit.name_en,
            parent=self.lan_port if at.lan_vlan else "",
            vlan=at.lan_vlan,
            vrf=at.zone,
            v4=v4,
            v6=v6,
            mtu=self.plan.county.mtu.ethernet,
            acl_in=f"ZX-LAN-IN-{at.zone}" if at.zone else "ZX-LAN-IN",
            acl_in_number=number("LAN-IN", at.index),
            anti_spoof=True,
        )

    def ppp(self) -> n.PppClient | None:
        if self.site.ppp is None:
            return None
        wish = self.plan.county.pppoe
        return n.PppClient(
            rule=rules.ACCESS_ADSL,
            pool=POOL,
            interface=self.underlay,
            port=self.wan_port,
            account=f"{self.site.unit.id}@{wish.realm}",
            secret=self.plan.given.secret(f"ppp/{self.site.unit.id}"),
            service=wish.service,
            lcp_echo_interval_s=wish.lcp_echo_interval_s,
            lcp_echo_failure=wish.lcp_echo_failure,
        )

    # --- tunnels and the routes that follow them ---

    def tunnel(self, end: TunnelEnd) -> n.Interface:
        site, acl = self.site, "ZX-TUNNEL-IN"
        outer = site.ppp if site.ppp is not None else site.public.wan[0].at(CPE_HOST).host
        return tunnel_interface(
            self.plan,
            end,
            name=self.tunnel_name(end),
            tag=f"zx{end.number}",
            source_interface=self.underlay,
            source=outer,
            destination=self.plan.gateway(end.facility, end.at.zone),
            own=site.device,
            peer=self.plan.device_of(end.facility, "vpn").id,
            unit=site.unit.id,
            host=2,
            acl=(f"{acl}-{end.at.zone}" if end.at.zone else acl, number("TUNNEL-IN", end.at.index)),
            initiator=True,
            enabled=True,
        )

    def probe(self, end: TunnelEnd) -> n.Probe:
        return tunnel_probe(
            self.plan,
            number=end.number,
            tag=f"zx{end.number}",
            vrf=end.at.zone,
            interface=self.tunnel_name(end),
            source=end.subnets[0].at(2),
            destination=end.subnets[0].at(1),
        )

    def routes(self) -> list[n.StaticRoute]:
        plan, site, found = self.plan, self.site, []
        if site.ppp is not None:
            zones = ["", *(at.zone for at in site.attachments if at.zone)]
            for zone in zones:
                for facility in (plan.hub, plan.backup):
                    gateway = plan.gateway(facility, zone)
                    what = FreeText(f"{facility.id} gateway")
                    found.append(
                        static(rules.ACCESS_ADSL, gateway, interface=self.underlay, description=what)
                    )
        for at in site.attachments:
            if at.lan[0] != at.prefixes[-1] and not at.zone:
                behind = at.prefixes[len(at.lan) :]
                next_hop = at.lan[0].at(2).ip
                found += [
                    static(rules.LAN, p, next_hop=next_hop, description=FreeText("unit LAN")) for p in behind
                ]
            for end, distance in zip(self.ends(at), (HUB, BACKUP), strict=False):
                reach = (*plan.reach(at.zone), *(() if at.zone else plan.peer_prefixes(site)))
                found += [
                    static(
                        rules.TRACKED_ROUTES,
                        prefix,
                        vrf=at.zone,
                        interface=self.tunnel_name(end),
                        distance=distance,
                        probe=self.probe(end),
                        description=FreeText(f"through {end.facility.id}"),
                    )
                    for prefix in reach
                ]
        return found

    # --- BGP over circuits ---

    def prefix_lists(self, at: Attachment) -> list[n.PrefixList]:
        """What this zone accepts from the centre, and what it may announce."""
        plan, site = self.plan, self.site
        if site.encrypted:
            heard: tuple[Inet, ...] = plan.gateway_routes
            said: tuple[Inet, ...] = ()
        else:
            peers = () if at.zone or not site.unit.peers else plan.unit_lans
            heard = (*plan.reach(at.zone), *peers)
            said = at.prefixes if at.zone else (*at.prefixes, *site.loopback)
        lists = []
        for family in plan.families:
            names = policy_names(at.zone, family)
            lists.append(_list(names.centre, family, heard))
            lists.append(_list(names.lan, family, said))
        return lists

    def route_maps(self, at: Attachment) -> list[n.RouteMap]:
        names, asn = policy_names(at.zone, 4), self.site.asn
        return [
            n.RouteMap(rules.UNIT_BGP, names.from_hub, (n.RouteMapEntry(10, local_preference=200),)),
            n.RouteMap(rules.UNIT_BGP, names.from_backup, (n.RouteMapEntry(10, local_preference=100),)),
            n.RouteMap(rules.UNIT_BGP, names.to_hub, (n.RouteMapEntry(10),)),
            n.RouteMap(rules.UNIT_BGP, names.to_backup, (n.RouteMapEntry(10, prepend=2, asn=asn),)),
        ]

    def bgp(self, routed: list[Attachment]) -> n.Bgp:
        site, router_id = self.site, self.site.loopback[0].ip
        return n.Bgp(
            rule=rules.UNIT_BGP,
            asn=site.asn,
            router_id=router_id,
            instances=tuple(
                n.BgpInstance(
                    vrf=at.zone,
                    router_id=router_id,
                    neighbors=tuple(self.neighbors(at)),
                    networks=() if site.encrypted else (*at.prefixes, *(() if at.zone else site.loopback)),
                )
                for at in routed
            ),
        )

    def neighbors(self, at: Attachment) -> list[n.BgpNeighbor]:
        plan, found = self.plan, []
        for position, facility in enumerate((plan.hub, plan.backup), 1):
            for subnet in at.wan:
                names = policy_names(at.zone, subnet.family)
                hub = facility.kind == "hub"
                found.append(
                    neighbor(
                        plan,
                        rule=rules.UNIT_BGP,
                        address=subnet.at(position).host,
                        remote_asn=plan.county.routing.asn,
                        description=FreeText(plan.device_of(facility, "router").id + _zone(at)),
                        local=subnet.at(CPE_HOST).host,
                        source_interface=self.wan_name(at),
                        key=_key(self.site, at, facility),
                        lists=(names.centre, names.lan),
                        maps=(
                            names.from_hub if hub else names.from_backup,
                            names.to_hub if hub else names.to_backup,
                        ),
                        max_prefixes=plan.county.routing.city_prefixes,
                    )
                )
        return found

    # --- filters ---

    def acls(self, at: Attachment) -> list[n.Acl]:
        plan, site = self.plan, self.site
        reach = (*plan.reach(at.zone), *(() if at.zone else plan.peer_prefixes(site)))
        own = () if at.zone else site.loopback
        lan_in = AclBuilder("LAN-IN", at.zone, at.index)
        lan_in.ping(at.lan, [p.at(1).host for p in at.lan]).permit(at.prefixes, reach)
        built = [lan_in.build()]
        if at.vlan or not at.zone:
            built.append(self.wan_acl(at, reach, own))
        if at.tunnel:
            tunnel_in = AclBuilder("TUNNEL-IN", at.zone, at.index)
            for subnet in (*at.tunnel_hub, *at.tunnel_backup):
                tunnel_in.ping((subnet,), (subnet.at(2).host,))
            tunnel_in.permit(reach, at.prefixes)
            if own:
                tunnel_in.permit(plan.noc, own)
            built.append(tunnel_in.build())
        return built

    def wan_acl(self, at: Attachment, reach: tuple[Inet, ...], own: tuple[Inet, ...]) -> n.Acl:
        plan, site = self.plan, self.site
        acl = AclBuilder("WAN-IN", at.zone, at.index)
        gateways = tuple(plan.gateway(f, a.zone) for a in site.attachments for f in (plan.hub, plan.backup))
        if at.vlan:
            acl.routing([subnet.at(host).host for subnet in at.wan for host in (1, 2)])
        if site.encrypted:
            acl.ipsec(gateways).ping(gateways)
        else:
            acl.permit(reach, at.prefixes)
            if own:
                acl.permit(plan.noc, own)
        return acl.build()


def _hosts(subnets: tuple[Inet, ...], index: int) -> tuple[Inet | None, Inet | None]:
    """Address number `index` of the IPv4 and the IPv6 subnet."""
    v4 = next((s.at(index) for s in subnets if s.family == 4), None)
    return v4, next((s.at(index) for s in subnets if s.family == 6), None)


def _zone(at: Attachment) -> str:
    return f" zone {at.zone}" if at.zone else ""


def _key(site: Site, at: Attachment, facility: Facility) -> str:
    middle = f"{at.zone}/" if at.zone else ""
    return f"bgp/{site.unit.id}/{middle}{facility.kind}"


def _list(name: str, family: int, prefixes: tuple[Inet, ...]) -> n.PrefixList:
    """Exactly these prefixes; an empty list denies everything, in so many words."""
    own = [p for p in prefixes if p.family == family]
    entries = tuple(n.PrefixRule(10 * i, "permit", p) for i, p in enumerate(own, 1))
    everything = n.PrefixRule(10, "deny", Inet(family, 0, 0), le=32 if family == 4 else 128)
    return n.PrefixList(rules.UNIT_BGP, name, family, entries or (everything,))
