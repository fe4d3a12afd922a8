"""What all design rules share: the inventory, the ledger's numbers and what follows from them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from zxnet.allocate.allocations import Allocations
from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.site import Site, sites
from zxnet.inet import Inet
from zxnet.inventory.county import County, Zone
from zxnet.inventory.facilities import Facility, FacilityDevice, Link, LinkEnd
from zxnet.inventory.inventory import Inventory
from zxnet.platforms.catalog import Platform, load_platform
from zxnet.text import FreeText

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """Inventory and allocations, indexed. Everything here is computed once a county, not once a device."""

    inventory: Inventory
    given: Allocations

    @property
    def county(self) -> County:
        return self.inventory.county

    @cached_property
    def families(self) -> tuple[int, ...]:
        return tuple(4 if f == "ipv4" else 6 for f in sorted(self.county.addressing.families))

    @cached_property
    def sites(self) -> dict[str, Site]:
        return sites(self.inventory, self.given, self.families)

    @cached_property
    def hub(self) -> Facility:
        return self.inventory.facility("hub")

    @cached_property
    def backup(self) -> Facility:
        return self.inventory.facility("backup")

    @cached_property
    def zones(self) -> dict[str, Zone]:
        return self.inventory.zone_by_id

    # --- devices and links ---

    def device_of(self, facility: Facility, function: str) -> FacilityDevice:
        """The facility's device of a function. Raises StopIteration when it has none (check sees to it)."""
        return next(d for d in facility.devices if d.function == function)

    @cached_property
    def accounts(self) -> dict[str, list[Inet]]:
        """PPPoE addresses by POP."""
        found: dict[str, list[Inet]] = {f.id: [] for f in self.inventory.network.facilities}
        for site in self.sites.values():
            if site.ppp is not None:
                found[site.pop].append(site.ppp)
        return found

    def bras_of(self, pop: str) -> str:
        """Device id of a POP's BRAS: check wants one where there are ADSL units."""
        return self.device_of(self.inventory.facilities[pop], "bras").id

    @cached_property
    def links_of(self) -> dict[str, list[tuple[Link, int]]]:
        """(link, own end 0 or 1) of every device, in file-independent order."""
        result: dict[str, list[tuple[Link, int]]] = {}
        for link in sorted(self.inventory.links, key=lambda link: link.id):
            for end in (0, 1):
                result.setdefault(link.ends[end].device, []).append((link, end))
        return result

    def far_end(self, link: Link, own: int) -> LinkEnd:
        return link.ends[1 - own]

    def prefixes(self, v4: Inet | None, v6: Inet | None) -> tuple[Inet, ...]:
        """The given networks in the families this county runs."""
        return tuple(p for p in (v4, v6) if p is not None and p.family in self.families)

    def link_prefixes(self, link: Link, zone: str) -> tuple[Inet, ...]:
        """A link's networks: its own in the public zone, the ledger's in a private one."""
        if not zone:
            return self.prefixes(link.prefix4, link.prefix6)
        pool = self.county.addressing.zone_link
        return self.prefixes(*pool.prefixes(self.given.slot("zone_link", f"{link.id}/{zone}")))

    def loopback(self, device: str) -> tuple[Inet, ...]:
        pool = self.county.addressing.loopback
        return self.prefixes(*pool.prefixes(self.given.slot("loopback", device)))

    def gateway(self, facility: Facility, zone: str) -> Inet:
        """The address where tunnels of a zone end: the gateway's transport address, or the zone's own."""
        if zone:
            return getattr(self.zones[zone].gateways, facility.kind)  # type: ignore[no-any-return]
        return self._transport[facility.id]

    def transport_link(self, facility: Facility) -> tuple[Link, int]:
        """The link on which the facility's gateway is reached from outside, and the gateway's end of it."""
        vpn = self.device_of(facility, "vpn").id
        return next((li, e) for li, e in self.links_of[vpn] if li.kind == "transport")

    @cached_property
    def _transport(self) -> dict[str, Inet]:
        found = {}
        for facility in (self.hub, self.backup):
            link, end = self.transport_link(facility)
            assert link.prefix4 is not None  # check: only a trunk has no prefix
            found[facility.id] = link.prefix4.at(1 + end).host
        return found

    @cached_property
    def gateways(self) -> tuple[Inet, ...]:
        """All tunnel end addresses, public first."""
        return tuple(self.gateway(f, z) for z in ("", *self.zones) for f in (self.hub, self.backup))

    @cached_property
    def gateway_routes(self) -> tuple[Inet, ...]:
        """The routes OSPF has towards those addresses: the transport links, the zones' own /32s."""
        links = [self.transport_link(f)[0].prefix4 for f in (self.hub, self.backup)]
        zones = [self.gateway(f, z) for z in self.zones for f in (self.hub, self.backup)]
        return (*(p for p in links if p is not None), *zones)

    # --- prefixes everybody filters on ---

    @cached_property
    def platform(self) -> tuple[Inet, ...]:
        return self._in_families(self.county.platform.prefixes)

    @cached_property
    def noc(self) -> tuple[Inet, ...]:
        return self._in_families(self.county.management.noc)

    def noc_here(self, facility: Facility) -> tuple[Inet, ...]:
        """The management prefixes that lie in this facility's own LANs: what its router originates."""
        lans = [p for lan in facility.lans for p in self.prefixes(lan.prefix4, lan.prefix6)]
        return tuple(p for p in self.noc if p in lans)

    @cached_property
    def unit_lans(self) -> tuple[Inet, ...]:
        """Where unit LANs can lie: the pool, and the prefixes units brought along."""
        own = sorted(u.lan.prefix4 for u in self.inventory.units.values() if u.lan.prefix4 is not None)
        pool = self.county.addressing.lan
        return (*self.prefixes(pool.v4, pool.v6), *own)

    def pool(self, name: str) -> tuple[Inet, ...]:
        pool = getattr(self.county.addressing, name)
        return self.prefixes(pool.v4, pool.v6)

    def reach(self, zone: str) -> tuple[Inet, ...]:
        """What units of a zone may reach in the centre."""
        return self._in_families(self.zones[zone].prefixes) if zone else (*self.platform, *self.noc)

    def peer_prefixes(self, site: Site) -> tuple[Inet, ...]:
        """LANs of the units this one may talk to: those that are connected too."""
        peers = (self.sites.get(peer) for peer in sorted(site.unit.peers))
        return tuple(p for peer in peers if peer is not None for p in peer.public.prefixes)

    @cached_property
    def peer_pairs(self) -> tuple[tuple[Inet, Inet], ...]:
        """(source, destination) prefixes of all declared pairs, both directions."""
        return tuple(
            (own, other)
            for site in self.sites.values()
            if site.unit.peers
            for own in site.public.prefixes
            for other in self.peer_prefixes(site)
            if own.family == other.family
        )

    @cached_property
    def encrypted_fibre(self) -> bool:
        """Whether any unit runs tunnels over fibre: then gateways must be routed to circuit subnets."""
        return any(s.fibre and s.encrypted for s in self.sites.values())

    def _in_families(self, prefixes: tuple[Inet, ...]) -> tuple[Inet, ...]:
        return tuple(p for p in prefixes if p.family in self.families)

    # --- facts that are the same for many devices ---

    @cached_property
    def bfd(self) -> n.Bfd:
        bfd = self.county.routing.bfd
        return n.Bfd(bfd.tx_ms, bfd.rx_ms, bfd.multiplier)

    @cached_property
    def crypto(self) -> n.Crypto:
        plan = self.county.crypto
        return n.Crypto(
            rule=rules.CRYPTO,
            profile=plan.profile,
            ike_encryption=plan.encryption,
            ike_integrity=plan.integrity,
            ike_prf=plan.integrity,
            dh_group=plan.dh_group,
            ike_lifetime_s=plan.ike_lifetime_s,
            esp_encryption=plan.encryption,
            esp_integrity=plan.integrity,
            esp_lifetime_s=plan.esp_lifetime_s,
            pfs_group=plan.dh_group,
            dpd_idle_s=plan.dpd_idle_s,
            dpd_interval_s=plan.dpd_interval_s,
            dpd_retries=plan.dpd_retries,
        )

    @cached_property
    def _keywords(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    def keywords(self, platform: Platform, release: str) -> dict[str, str]:
        """`Device.kw`: the platform's words for this county's algorithms, and its feature flags."""
        known = self._keywords.get((platform.name, release))
        if known is None:
            plan = self.county.crypto
            wanted = (plan.encryption, plan.integrity, str(plan.dh_group))
            known = dict(platform.features[release])
            for slot, table in platform.words[release].items():
                known[slot] = next((table[word] for word in wanted if word in table), "")
            self._keywords[platform.name, release] = known
        return known

    @staticmethod
    def load(name: str) -> Platform:
        return load_platform(name)

    def zone_vrf(self, zone: str) -> n.Vrf:
        entry = self.zones[zone]
        return n.Vrf(
            rule=rules.ZONE,
            name=zone,
            description=FreeText(f"zone {zone} ") + entry.name_en,
            rd=f"{self.county.routing.asn}:{entry.number}",
            table=entry.number,
        )

    def fqdn(self, device: str) -> str:
        """IKE identity of a device."""
        return f"{device}.{self.county.domain}"
