"""What every facility device has: loopback, core links with OSPF, the facility's own LAN with VRRP."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.acls import AclBuilder, number
from zxnet.design.plan import Plan
from zxnet.design.ports import unused_ports
from zxnet.inet import Inet
from zxnet.inventory.facilities import Facility, FacilityDevice, FacilityLan, LanMember, Link
from zxnet.platforms.catalog import Platform
from zxnet.text import FreeText

__all__ = ["Base"]

OSPF_KEY_ID = 1


@dataclass(frozen=True)
class Base:
    """The common part of a facility device; the functions build on it."""

    plan: Plan
    facility: Facility
    entry: FacilityDevice

    @cached_property
    def platform(self) -> Platform:
        return self.plan.load(self.entry.platform)

    @cached_property
    def kw(self) -> dict[str, str]:
        return self.plan.keywords(self.platform, self.entry.release)

    @property
    def role(self) -> n.Role:
        """Any device at the backup site has the role `backup` (design §1)."""
        if self.facility.kind == "backup":
            return "backup"
        return "vpn" if self.entry.function == "vpn" else "router"

    @cached_property
    def primary(self) -> bool:
        return self.facility.kind == "hub"

    @cached_property
    def links(self) -> list[tuple[Link, int]]:
        return self.plan.links_of.get(self.entry.id, [])

    def links_to(self, kind: str) -> list[tuple[Link, int]]:
        return [(link, end) for link, end in self.links if link.kind == kind]

    def with_unused(self, *interfaces: n.Interface) -> tuple[n.Interface, ...]:
        """The device's interfaces, and its other ports shut."""
        mtu = self.plan.county.mtu.ethernet
        return (*interfaces, *unused_ports(self.platform, self.entry.model, interfaces, mtu))

    # --- loopback ---

    @cached_property
    def loopback_name(self) -> str:
        return self.platform.interface("loopback", number=0)

    @cached_property
    def addresses(self) -> tuple[Inet, ...]:
        return self.plan.loopback(self.entry.id)

    @property
    def router_id(self) -> str:
        return self.addresses[0].ip

    def loopback(self) -> n.Interface:
        v6 = next((p for p in self.addresses if p.family == 6), None)
        return n.Interface(
            rule=rules.MANAGEMENT,
            name=self.loopback_name,
            kind="loopback",
            purpose="management",
            description=FreeText("management"),
            v4=self.addresses[0],
            v6=v6,
        )

    # --- links ---

    def port(self, link: Link, end: int) -> str:
        return link.ends[end].port

    def vlan_name(self, port: str, vlan: int) -> str:
        return self.platform.interface("vlan", parent=port, vlan=vlan)

    def link_name(self, link: Link, end: int, zone: str) -> str:
        port = self.port(link, end)
        return self.vlan_name(port, self.plan.zones[zone].vlan) if zone else port

    def link_interfaces(self, kind: str, purpose: str, acl: str = "") -> list[n.Interface]:
        """The addressed links of a kind: the port itself, and a tagged sub-interface for each zone."""
        found = []
        for link, end in self.links_to(kind):
            for zone in ("", *(self.plan.zones if kind in {"core", "city"} else ())):
                prefixes = self.plan.link_prefixes(link, zone)
                own = [p.at(1 + end) for p in prefixes]
                far = self.plan.far_end(link, end).device
                zone_number = self.plan.zones[zone].number if zone else 0
                found.append(
                    n.Interface(
                        rule=rules.ZONE if zone else rules.FACILITY_LINKS,
                        name=self.link_name(link, end, zone),
                        kind="vlan" if zone else "ethernet",
                        purpose=purpose,  # type: ignore[arg-type]
                        description=FreeText(f"link {link.id} to {far}" + (f" zone {zone}" if zone else "")),
                        parent=self.port(link, end) if zone else "",
                        vlan=self.plan.zones[zone].vlan if zone else 0,
                        vrf=zone,
                        v4=next((p for p in own if p.family == 4), None),
                        v6=next((p for p in own if p.family == 6), None),
                        mtu=self.plan.county.mtu.ethernet,
                        acl_in=(f"{acl}-{zone}" if zone else acl) if acl else "",
                        acl_in_number=number(acl.removeprefix("ZX-"), zone_number) if acl else 0,
                    )
                )
        return found

    # --- the facility's own LANs ---

    @cached_property
    def lans(self) -> list[tuple[FacilityLan, LanMember]]:
        return [(lan, m) for lan in self.facility.lans for m in lan.members if m.device == self.entry.id]

    def lan_interfaces(self) -> list[n.Interface]:
        return [
            n.Interface(
                rule=rules.FACILITY_LAN,
                name=member.port,
                kind="ethernet",
                purpose="noc",
                description=FreeText(f"facility LAN {lan.id} ") + lan.name,
                v4=Inet(4, member.address4.value, lan.prefix4.length),
                v6=Inet(6, member.address6.value, lan.prefix6.length)
                if member.address6 is not None and lan.prefix6 is not None and 6 in self.plan.families
                else None,
                mtu=self.plan.county.mtu.ethernet,
                acl_in="ZX-NOC-IN",
                acl_in_number=number("NOC-IN", 0),
                anti_spoof=True,
            )
            for lan, member in self.lans
        ]

    def vrrp(self) -> tuple[n.VrrpGroup, ...]:
        return tuple(
            n.VrrpGroup(
                rule=rules.FACILITY_LAN,
                interface=member.port,
                vrid=lan.vrid,
                virtual=Inet(4, lan.gateway4.value, lan.prefix4.length),
                priority=member.priority,
                advert_ms=1000,
                preempt_delay_s=20,
            )
            for lan, member in self.lans
            if lan.gateway4 is not None and self.entry.function != "store"  # a host is no gateway
        )

    def noc_acl(self) -> list[n.Acl]:
        if not self.lans:
            return []
        acl = AclBuilder("NOC-IN")
        for lan, _ in self.lans:
            own = self.plan.prefixes(lan.prefix4, lan.prefix6)
            acl.vrrp(own[:1]).permit_from(own)
        return [acl.build()]

    # --- routing ---

    def name(self, base: str, zone: str, family: int = 4) -> str:
        """Name of a list or map of a zone; lists differ by family."""
        return f"ZX-{base}" + ("-V6" if family == 6 else "") + (f"-{zone}" if zone else "")

    def ospf(self, redistribute: dict[str, tuple[n.Redistribute, ...]]) -> tuple[n.Ospf, ...]:
        """One process a zone over the core links; in the public zone, LANs and loopback as passive."""
        return tuple(
            n.Ospf(
                rule=rules.FACILITY_LINKS,
                process=self.plan.zones[zone].number if zone else 1,
                vrf=zone,
                router_id=self.router_id,
                interfaces=tuple(self._ospf_interfaces(zone, 4)),
                interfaces6=tuple(self._ospf_interfaces(zone, 6)) if 6 in self.plan.families else (),
                redistribute=redistribute.get(zone, ()),
            )
            for zone in ("", *self.plan.zones)
        )

    def _ospf_interfaces(self, zone: str, family: int) -> list[n.OspfInterface]:
        plan, found = self.plan, []

        def add(name: str, network: Inet, *, link: Link | None) -> None:
            wish = plan.county.routing
            found.append(
                n.OspfInterface(
                    name=name,
                    network=network,
                    cost=wish.ospf_cost,
                    passive=link is None,
                    hello_s=wish.ospf_hello_s,
                    dead_s=wish.ospf_dead_s,
                    key_id=OSPF_KEY_ID,
                    key=plan.given.secret(f"ospf/{link.id}") if link else "",
                    bfd=plan.bfd if link else None,
                )
            )

        for link, end in self.links_to("core"):
            for prefix in plan.link_prefixes(link, zone):
                if prefix.family == family:
                    add(self.link_name(link, end, zone), prefix, link=link)
        if not zone:
            for name, network in self._passive():
                if network.family == family:
                    add(name, network, link=None)
        return found

    def _passive(self) -> list[tuple[str, Inet]]:
        """Networks announced without a neighbour: loopback, facility LANs, transport links."""
        found = [(self.loopback_name, p) for p in self.addresses]
        for lan, member in self.lans:
            found += [(member.port, p) for p in self.plan.prefixes(lan.prefix4, lan.prefix6)]
        for link, end in self.links_to("transport"):
            found += [(self.port(link, end), p) for p in self.plan.link_prefixes(link, "")]
        return found
