"""The operator's POP: BRAS for ADSL accounts, aggregation for fibre circuits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.facility import Base
from zxnet.design.management import management
from zxnet.design.routing import static
from zxnet.design.site import Site
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Agg", "Bras"]


@dataclass(frozen=True)
class Pop(Base):
    """Managed out of band, in the operator's own network."""

    def sites(self, *, fibre: bool) -> list[Site]:
        pop = self.facility.id
        return [s for s in self.plan.sites.values() if s.pop == pop and s.fibre == fibre]

    def management(self) -> n.Management:
        oam = self.entry.oam
        if oam is None:
            return management(self.plan, self.entry.id, self.loopback_name, self.addresses[0])
        local = (oam.address4.network,)
        return management(self.plan, self.entry.id, oam.port, oam.address4.host, local=local)

    def home(self) -> n.Interface:
        """Where it is managed: the out-of-band port, else a loopback in the county's routing."""
        oam = self.entry.oam
        if oam is None:
            return self.loopback()
        return n.Interface(
            rule=rules.MANAGEMENT,
            name=oam.port,
            kind="ethernet",
            purpose="management",
            description=FreeText("operator management network"),
            v4=oam.address4,
            mtu=self.plan.county.mtu.ethernet,
            anti_spoof=True,
        )

    def oam_routes(self) -> Iterator[n.StaticRoute]:
        oam = self.entry.oam
        if oam is not None:
            for prefix in (p for p in self.plan.noc if p.family == 4):
                yield static(rules.MANAGEMENT, prefix, next_hop=oam.gateway4.ip, description=FreeText("NOC"))

    def access_port(self, mtu: int) -> n.Interface:
        assert self.entry.access is not None  # check: bras and agg name their access port
        return n.Interface(
            rule=rules.BRAS if self.entry.function == "bras" else rules.AGGREGATION,
            name=self.entry.access,
            kind="ethernet",
            purpose="access",
            description=FreeText("towards the units"),
            mtu=mtu,
        )

    def assemble(
        self, function: n.Function, interfaces: tuple[n.Interface, ...], **parts: object
    ) -> n.Device:
        entry = self.entry
        return n.Device(
            id=entry.id,
            owner=self.facility.id,
            function=function,
            role="router",
            platform=entry.platform,
            model=entry.model,
            release=entry.release,
            kw=self.kw,
            families=self.plan.families,
            management=self.management(),
            interfaces=self.with_unused(*interfaces),
            **parts,  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class Bras(Pop):
    def device(self) -> n.Device:
        plan = self.plan
        return self.assemble(
            "bras",
            (
                self.home(),
                self.access_port(plan.county.mtu.ethernet),
                *self.link_interfaces("transport", "core"),
            ),
            routes=(*self.oam_routes(), *self.zone_gateways()),
            pppoe_server=self.server(),
        )

    def zone_gateways(self) -> Iterator[n.StaticRoute]:
        """Each zone's gateway address lies behind its facility's transport link."""
        for zone in self.plan.zones:
            for link, end in self.links_to("transport"):
                facility, _ = self.plan.inventory.facility_devices[self.plan.far_end(link, end).device]
                assert link.prefix4 is not None  # check: only a trunk has no prefix
                gateway = self.plan.gateway(facility, zone)
                next_hop = link.prefix4.at(2 - end).ip
                yield static(
                    rules.ZONE, gateway, next_hop=next_hop, description=FreeText(f"{facility.id} {zone}")
                )

    def server(self) -> n.PppoeServer:
        plan, wish = self.plan, self.plan.county.pppoe
        pool = plan.county.addressing.ppp.v4
        assert self.entry.access is not None  # check: bras and agg name their access port
        return n.PppoeServer(
            rule=rules.BRAS,
            interface=self.entry.access,
            service=wish.service,
            name=self.entry.id,
            local=Inet(4, pool.value, 32),  # slot 0 of the pool is never given to a unit
            pool=pool,
            mtu=plan.county.mtu.pppoe,
            lcp_echo_interval_s=wish.lcp_echo_interval_s,
            lcp_echo_failure=wish.lcp_echo_failure,
            gateways=plan.gateways,
            accounts=tuple(self.account(site, wish.realm) for site in self.sites(fibre=False)),
        )

    def account(self, site: Site, realm: str) -> n.PppoeAccount:
        assert site.ppp is not None  # an ADSL site
        return n.PppoeAccount(
            account=f"{site.unit.id}@{realm}",
            secret=self.plan.given.secret(f"ppp/{site.unit.id}"),
            unit=site.unit.id,
            address=site.ppp,
            down_kbps=site.access.down_kbps,
            up_kbps=site.access.up_kbps,
            burst_bytes=site.access.burst_bytes,
            enabled=site.enabled,
        )


@dataclass(frozen=True)
class Agg(Pop):
    def device(self) -> n.Device:
        mtu = self.plan.county.mtu.ethernet
        trunks = tuple(self.port(link, end) for link, end in self.links_to("trunk"))
        ports = (
            n.Interface(
                rule=rules.AGGREGATION,
                name=self.port(link, end),
                kind="ethernet",
                purpose="trunk",
                description=FreeText(f"link {link.id} to {self.plan.far_end(link, end).device}"),
                mtu=mtu,
            )
            for link, end in self.links_to("trunk")
        )
        assert self.entry.access is not None  # check: bras and agg name their access port
        return self.assemble(
            "agg",
            (self.home(), self.access_port(mtu), *ports),
            routes=tuple(self.oam_routes()),
            aggregation=n.Aggregation(
                rule=rules.AGGREGATION,
                bridge="br0",
                access_port=self.entry.access,
                trunks=trunks,
                services=tuple(s for site in self.sites(fibre=True) for s in self.services(site)),
            ),
        )

    def services(self, site: Site) -> Iterator[n.VlanService]:
        """All zones of a unit share its rate: the first VLAN's class serves them all."""
        shared = f"{site.public.vlan:x}"
        for at in site.attachments:
            if at.vlan:
                yield n.VlanService(
                    vlan=at.vlan,
                    unit=site.unit.id,
                    zone=at.zone,
                    circuit=site.unit.circuit or "",
                    down_kbps=site.access.down_kbps,
                    up_kbps=site.access.up_kbps,
                    burst_bytes=site.access.burst_bytes,
                    enabled=site.enabled,
                    shared_class=shared,
                    leads=not at.zone,
                )
