"""Rules for county.yaml: numbers and timers that must fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.problems import Problem

__all__ = ["management", "numbers", "pools", "remote", "room", "timers", "zones"]

_ESP = 20 + 8 + 8 + 16 + 17 + 16
"""Bytes ESP in UDP adds to a packet at most: IPv4, UDP, ESP header, IV, padding, ICV (RFC 4303, RFC 3948)."""


def timers(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Timers and sizes that only work together: BGP (RFC 4271 §10), OSPF (RFC 2328 C.3), PPPoE (RFC 2516)."""
    county = inventory.county
    routing, crypto, mtu = county.routing, county.crypto, county.mtu
    ordered = (
        (routing.hold_s, 3 * routing.keepalive_s, "routing.hold_s", "3 × routing.keepalive_s"),
        (routing.ospf_dead_s, 3 * routing.ospf_hello_s, "routing.ospf_dead_s", "3 × routing.ospf_hello_s"),
        (crypto.ike_lifetime_s, crypto.esp_lifetime_s, "crypto.ike_lifetime_s", "crypto.esp_lifetime_s"),
        (1000 * county.probe.interval_s, county.probe.timeout_ms, "probe.interval_s", "probe.timeout_ms"),
    )
    for value, least, key, other in ordered:
        if value < least:
            yield Problem(
                "county.timer", common.county(inventory, *key.split(".")), {"key": key, "other": other}
            )
    if mtu.pppoe > mtu.ethernet - 8:
        params = {"got": str(mtu.pppoe), "most": str(mtu.ethernet - 8)}
        yield Problem("county.pppoe_mtu", common.county(inventory, "mtu", "pppoe"), params)
    if mtu.tunnel > mtu.pppoe - _ESP:
        params = {"got": str(mtu.tunnel), "most": str(mtu.pppoe - _ESP)}
        yield Problem("county.tunnel_mtu", common.county(inventory, "mtu", "tunnel"), params)


def numbers(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """AS numbers and VLANs are ranges that do not collide with the county's and the city's own."""
    county, city = inventory.county, inventory.city
    plan = county.addressing
    for name, span, least, most in (("unit_asn", plan.unit_asn, 1, 4294967294), ("vlan", plan.vlan, 2, 4094)):
        place = common.county(inventory, "addressing", name, "last")
        if not least <= span.first <= span.last <= most:
            params = {
                "first": str(span.first),
                "last": str(span.last),
                "least": str(least),
                "most": str(most),
            }
            yield Problem("county.range", place, params)
    own = common.county(inventory, "routing", "asn")
    if county.routing.asn == city.asn:
        params = {"asn": str(city.asn), "other": str(common.facilities(inventory, "city", "asn"))}
        yield Problem("county.asn_city", own, params)
    for asn, place in ((county.routing.asn, own), (city.asn, common.facilities(inventory, "city", "asn"))):
        if plan.unit_asn.first <= asn <= plan.unit_asn.last:
            params = {"asn": str(asn), "first": str(plan.unit_asn.first), "last": str(plan.unit_asn.last)}
            yield Problem("county.asn_units", place, params)


def zones(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Each zone has its own id, number, VLAN and gateway addresses: they tell zones apart on the wire."""
    entries = list(enumerate(inventory.county.zones))
    for key, code in (
        ("id", "county.zone_id"),
        ("number", "county.zone_number"),
        ("vlan", "county.zone_vlan"),
    ):
        values = [(str(getattr(z, key)), common.county(inventory, "zones", i, key)) for i, z in entries]
        yield from common.doubles(code, values)
    gateways = [
        (getattr(z.gateways, site).ip, common.county(inventory, "zones", i, "gateways", site))
        for i, z in entries
        for site in ("hub", "backup")
    ]
    yield from common.doubles("county.zone_gateway", gateways)


def pools(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A slot of each pool holds what design puts in it, in every family the county runs."""
    plan = inventory.county.addressing
    families = plan.families
    if "ipv4" not in families:
        place = common.county(inventory, "addressing", "families")
        yield Problem("county.ipv4", place)
    for name, shortest, longest in (
        ("lan", 8, 30),  # gateway and at least one terminal
        ("wan", 8, 29),  # hub router, backup router, CPE
        ("ppp", 32, 32),
        ("tunnel_hub", 8, 30),
        ("tunnel_backup", 8, 30),
        ("loopback", 32, 32),
        ("zone_link", 8, 30),
    ):
        pool = getattr(plan, name)
        place = common.county(inventory, "addressing", name, "v4_length")
        length = pool.v4_length
        if not (max(shortest, pool.v4.length) <= length <= longest) or pool.v4.length >= length:
            params = {
                "pool": name,
                "prefix": pool.v4.cidr,
                "length": f"/{length}",
                "expected": f"/{longest}" if shortest == longest else f"/{pool.v4.length + 1}–/{longest}",
            }
            yield Problem("county.pool_length", place, params)
        if "ipv6" in families and pool.v6 is None and name != "ppp":
            yield Problem("county.no_ipv6", common.county(inventory, "addressing", name), {"pool": name})
        elif pool.v6 is not None and pool.v6.length >= pool.v6_length:
            params = {
                "pool": name,
                "prefix": pool.v6.cidr,
                "length": f"/{pool.v6_length}",
                "expected": f"/{pool.v6.length + 1}–/128",
            }
            yield Problem("county.pool_length", common.county(inventory, "addressing", name, "v6"), params)


def remote(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Hub and backup each give OA terminals addresses from half of the pool, so it has halves to give."""
    plan = inventory.county.addressing
    for name, longest in (("remote", 29), ("remote6", 125)):
        prefix = getattr(plan, name)
        if prefix is not None and prefix.length > longest:
            params = {"prefix": prefix.cidr, "longest": f"/{longest}"}
            yield Problem("county.remote_small", common.county(inventory, "addressing", name), params)


def room(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Each pool has a number for everything that claims one; slot 0 is never given."""
    plan, wanted, units = inventory.county.addressing, Counter[str](), 0
    vlans: Counter[str] = Counter()
    for unit in inventory.units.values():
        if unit.state == "withdrawn":
            continue
        units += 1
        shares = 1 + len(unit.zones)
        wanted["lan"] += shares
        if unit.order is not None and unit.order.medium == "fibre":
            wanted["wan"] += shares
            vlans[unit.pop or ""] += shares
            wanted["unit_asn"] += 1
        elif unit.order is not None:
            wanted["ppp"] += 1
            wanted["tunnel_hub"] += shares
            wanted["tunnel_backup"] += shares
    wanted["loopback"] = units + len(inventory.facility_devices)
    wanted["zone_link"] = len(inventory.county.zones) * sum(
        li.kind in {"core", "city"} for li in inventory.links
    )
    wanted["vlan"] = max(vlans.values(), default=0)
    for name, count in sorted(wanted.items()):
        entry = getattr(plan, name)
        size = entry.slots - 1 if hasattr(entry, "slots") else entry.last - entry.first + 1
        if count > size > 0:  # a pool without any number has been reported
            params = {"pool": name, "wanted": str(count), "size": str(size)}
            yield Problem("county.pool_full", common.county(inventory, "addressing", name), params)


def management(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Devices can reach the servers they are told to use, and someone may administer them."""
    county = inventory.county
    plan = county.management
    inside = [*plan.noc, *county.platform.prefixes]
    servers = [
        *((s, ("tacacs", i)) for i, s in enumerate(plan.tacacs)),
        *((s, ("ntp", "servers", i)) for i, s in enumerate(plan.ntp.servers)),
        *((s, ("log", i)) for i, s in enumerate(plan.log)),
        *((s, ("snmp", "traps", i)) for i, s in enumerate(plan.snmp.traps)),
    ]
    for server, path in servers:
        if not any(p.contains(server) for p in inside):
            params = {"address": server.ip, "inside": ", ".join(p.cidr for p in inside)}
            yield Problem("county.server_outside", common.county(inventory, "management", *path), params)
    lans = {lan.prefix4 for f in inventory.network.facilities for lan in f.lans}
    lans |= {lan.prefix6 for f in inventory.network.facilities for lan in f.lans if lan.prefix6 is not None}
    for i, prefix in enumerate(plan.noc):
        if prefix not in lans and not any(p.contains(prefix) for p in county.platform.prefixes):
            place = common.county(inventory, "management", "noc", i)
            yield Problem("county.noc", place, {"prefix": prefix.cidr})
    names = [
        (u.name, common.county(inventory, "management", "users", i, "name")) for i, u in enumerate(plan.users)
    ]
    yield from common.doubles("county.user_twice", names)
    if not any(u.level == "admin" for u in plan.users):
        yield Problem("county.no_admin", common.county(inventory, "management", "users"))
