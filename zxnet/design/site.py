"""A unit's share of the network: the numbers of its public zone and of each private zone it is in."""

from __future__ import annotations

from dataclasses import dataclass

from zxnet.allocate.allocations import Allocations, encrypted, owner
from zxnet.inet import Inet
from zxnet.inventory.county import Pool
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.tiers import Access
from zxnet.inventory.units import Unit

__all__ = ["Attachment", "Site", "sites"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One zone of one unit. Subnets are networks; hosts in them by convention of `Site`."""

    zone: str  # "" public
    index: int  # 0 public, then the zone's number
    lan: tuple[Inet, ...]  # network per family, the CPE has the first address
    prefixes: tuple[Inet, ...]  # everything behind the CPE in this zone
    lan_vlan: int  # 802.1Q tag on the demarcation port; 0 untagged
    vlan: int  # circuit VLAN; 0 = none
    wan: tuple[Inet, ...]  # circuit subnet: .1 hub router, .2 backup router, .3 CPE
    tunnel: int  # ledger slot; 0 = none
    tunnel_hub: tuple[Inet, ...]  # .1 gateway, .2 CPE
    tunnel_backup: tuple[Inet, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A rendered unit with everything the ledger gave it."""

    unit: Unit
    device: str
    pop: str
    access: Access
    loopback: tuple[Inet, ...]  # management address, /32 and /128
    asn: int
    ppp: Inet | None  # PPPoE address
    attachments: tuple[Attachment, ...]  # public first

    @property
    def fibre(self) -> bool:
        return self.ppp is None

    @property
    def public(self) -> Attachment:
        return self.attachments[0]

    @property
    def encrypted(self) -> bool:
        return self.public.tunnel > 0

    @property
    def enabled(self) -> bool:
        return not self.unit.suspended


def _prefixes(pool: Pool, slot: int, families: tuple[int, ...]) -> tuple[Inet, ...]:
    v4, v6 = pool.prefixes(slot)
    return (v4, v6) if v6 is not None and 6 in families else (v4,)


def sites(inventory: Inventory, given: Allocations, families: tuple[int, ...]) -> dict[str, Site]:
    """The Site of every rendered unit, by unit id."""
    return {
        unit.id: _site(inventory, given, families, unit) for unit in inventory.units.values() if unit.rendered
    }


def _site(inventory: Inventory, given: Allocations, families: tuple[int, ...], unit: Unit) -> Site:
    plan = inventory.county.addressing
    assert unit.order is not None  # only rendered units get here
    access = inventory.tier_by_id[unit.order.tier].access(unit.order.medium)
    assert access is not None  # check refuses a medium the tier does not offer
    pop = inventory.pop_of(unit).id
    fibre = unit.order.medium == "fibre"
    tunnels = encrypted(inventory, unit)
    device = f"{unit.id}-cpe1"

    def attachment(zone: str, index: int, lan_vlan: int) -> Attachment:
        who = owner(unit.id, zone)
        own = unit.lan.prefix4 if not zone else None
        routed = unit.lan.handoff == "routed"
        if own is not None and not routed:
            lan: tuple[Inet, ...] = (own,)
        else:
            lan = _prefixes(plan.lan, given.slot("lan", who), families)
        circuit = fibre and not (zone and tunnels)
        slot = given.slot("tunnel", who) if tunnels else 0
        return Attachment(
            zone=zone,
            index=index,
            lan=lan,
            prefixes=(*lan, own) if own is not None and routed else lan,
            lan_vlan=lan_vlan,
            vlan=plan.vlan.first + given.slot(f"vlan:{pop}", who) - 1 if circuit else 0,
            wan=_prefixes(plan.wan, given.slot("wan", who), families) if circuit else (),
            tunnel=slot,
            tunnel_hub=_prefixes(plan.tunnel_hub, slot, families) if slot else (),
            tunnel_backup=_prefixes(plan.tunnel_backup, slot, families) if slot else (),
        )

    return Site(
        unit=unit,
        device=device,
        pop=pop,
        access=access,
        loopback=_prefixes(plan.loopback, given.slot("loopback", device), families),
        asn=plan.unit_asn.first + given.slot("asn", unit.id) - 1 if fibre else 0,
        ppp=plan.ppp.v4.subnet(32, given.slot("ppp", unit.id)) if not fibre else None,
        attachments=(
            attachment("", 0, 0),
            *(attachment(m.zone, inventory.zone_by_id[m.zone].number, m.vlan) for m in unit.zones),
        ),
    )
