"""Both ends of everything agree, in the facts of the sample county, whatever platform prints them."""

from collections import Counter
from functools import cache

import factory

from zxnet.allocate import Ledger, allocate
from zxnet.design import Network, design, rules
from zxnet.design.network import BgpNeighbor, Device, Interface


@cache
def network() -> Network:
    inventory = factory.sample()
    return design(inventory, allocate(inventory, Ledger()))


@cache
def devices() -> dict[str, Device]:
    return {d.id: d for d in network().devices()}


def tunnels():
    return [(d, i) for d in devices().values() for i in d.interfaces if i.tunnel]


def neighbors() -> list[tuple[Device, str, BgpNeighbor]]:
    return [
        (d, instance.vrf, n)
        for d in devices().values()
        if d.bgp
        for instance in d.bgp.instances
        for n in instance.neighbors
    ]


def address_owner() -> dict[tuple[str, str], tuple[Device, Interface]]:
    """(vrf, address) → who has it."""
    return {
        (i.vrf, address.ip): (d, i)
        for d in devices().values()
        for i in d.interfaces
        for address in (i.v4, i.v6)
        if address
    }


def test_the_sample_has_all_kinds_of_things_to_check():
    assert len(devices()) > 90
    assert {d.function for d in devices().values()} == {"cpe", "router", "vpn", "bras", "agg", "store"}
    assert {i.tunnel.zone != "" for _, i in tunnels()} == {True, False}
    assert {vrf != "" for _, vrf, _ in neighbors()} == {True, False}


def test_both_ends_of_each_tunnel_agree():
    ends = {(d.id, i.tunnel.peer, i.tunnel.unit, i.tunnel.zone): i for d, i in tunnels()}
    for (device, peer, unit, zone), near in ends.items():
        far = ends[peer, device, unit, zone]
        assert (near.tunnel.source, near.tunnel.destination) == (far.tunnel.destination, far.tunnel.source)
        assert (near.tunnel.local_id, near.tunnel.remote_id) == (far.tunnel.remote_id, far.tunnel.local_id)
        assert near.tunnel.psk == far.tunnel.psk
        assert near.v4.network == far.v4.network
        assert near.v4 != far.v4
        assert (near.vrf, near.mtu, near.mss4) == (far.vrf, far.mtu, far.mss4)
        assert near.tunnel.initiator != far.tunnel.initiator


def test_no_two_tunnels_share_both_outer_addresses_or_a_key():
    pairs = Counter((d.id, i.tunnel.source, i.tunnel.destination) for d, i in tunnels())
    assert set(pairs.values()) == {1}
    keys = Counter(i.tunnel.psk for _, i in tunnels())
    assert set(keys.values()) == {2}


def test_each_neighbor_is_configured_at_its_other_end():
    by_address = {(vrf, n.local.ip, n.address.ip): (d, n) for d, vrf, n in neighbors()}
    city = factory.sample().city
    for device, vrf, near in neighbors():
        if near.remote_asn == city.asn:
            continue
        far_device, far = by_address[vrf, near.address.ip, near.local.ip]
        assert (near.remote_asn, far.remote_asn) == (far_device.bgp.asn, device.bgp.asn)
        assert near.password == far.password
        assert near.bfd == far.bfd
        assert (near.keepalive_s, near.hold_s) == (far.keepalive_s, far.hold_s)


def test_session_addresses_are_on_the_named_interfaces():
    for device, vrf, neighbor in neighbors():
        interface = next(i for i in device.interfaces if i.name == neighbor.source_interface)
        assert interface.vrf == vrf
        own = interface.v4 if neighbor.local.family == 4 else interface.v6
        assert own.ip == neighbor.local.ip
        if not neighbor.internal or vrf:
            assert own.network.contains(neighbor.address)


def test_every_circuit_vlan_is_carried_and_ends_at_three_devices():
    carried = {s.vlan: s for d in devices().values() if d.aggregation for s in d.aggregation.services}
    ends: dict[int, set[str]] = {}
    for d in devices().values():
        for i in d.interfaces:
            if i.kind == "vlan" and i.purpose in {"wan", "unit"}:
                ends.setdefault(i.vlan, set()).add(d.id)
    assert ends.keys() == carried.keys()
    for vlan, who in ends.items():
        assert who == {f"{carried[vlan].unit}-cpe1", "hub-router1", "backup-router1"}


def test_every_account_dials_with_its_own_address_and_password():
    server = devices()["pop-bras1"].pppoe_server
    accounts = {a.account: a for a in server.accounts}
    clients = [d for d in devices().values() if d.ppp]
    assert {d.ppp.account for d in clients} == accounts.keys()
    for device in clients:
        account = accounts[device.ppp.account]
        session = next(i for i in device.interfaces if i.kind == "ppp")
        assert (session.v4.host, device.ppp.secret, device.ppp.service) == (
            account.address.host,
            account.secret,
            server.service,
        )
        assert session.shape_kbps == account.up_kbps


def test_addresses_are_unique_in_their_routing_table():
    """OSPF links and LANs have two hosts each; no address is on two devices."""
    seen: dict[tuple[str, str], str] = {}
    for d in devices().values():
        for i in d.interfaces:
            for address in (i.v4, i.v6):
                # the transport gateway address and PPP addresses lie in the public table as well
                if address:
                    assert seen.setdefault((i.vrf, address.ip), d.id) == d.id, address


def test_static_next_hops_are_somebodys_address():
    owner = address_owner()
    for d in devices().values():
        for route in d.routes:
            if not route.next_hop:
                continue
            _, at = owner.get((route.vrf, route.next_hop), (None, None))
            virtual = {g.virtual.ip for g in devices().values() for g in g.vrrp}
            behind = any(
                i.v4 and i.v4.network.contains(type(i.v4).parse(route.next_hop)) for i in d.interfaces
            )
            assert behind, (d.id, route)
            assert at is not None or route.next_hop in virtual or d.function in {"bras", "agg", "cpe"}, (
                d.id,
                route,
            )


def test_every_filter_used_is_defined_and_every_defined_one_used():
    for d in devices().values():
        used = {i.acl_in for i in d.interfaces if i.acl_in}
        defined = [acl.name for acl in d.acls]
        assert used == set(defined), d.id
        assert len(defined) == len(set(defined))
        numbers = [acl.number for acl in d.acls]
        assert len(numbers) == len(set(numbers))


def test_every_list_and_map_used_is_defined_and_every_defined_one_used():
    for d in devices().values():
        lists = {p.name for p in d.prefix_lists}
        maps = {m.name for m in d.route_maps}
        used_maps = {r.route_map for o in d.ospf for r in o.redistribute}
        used_lists = {name for m in d.route_maps for e in m.entries for name in (e.match, e.match6) if name}
        for instance in d.bgp.instances if d.bgp else ():
            used_maps |= {r.route_map for r in instance.redistribute}
            for n in instance.neighbors:
                used_maps |= {n.import_map, n.export_map} - {""}
                used_lists |= {n.import_list, n.export_list} - {""}
        assert used_maps == maps, d.id
        assert used_lists == lists, d.id


def test_filters_end_in_a_logged_deny_and_are_numbered_in_steps():
    for d in devices().values():
        for acl in d.acls:
            last = acl.rules[-1]
            assert (last.action, last.protocol, last.src, last.dst, last.log) == (
                "deny",
                "ip",
                None,
                None,
                True,
            )
            assert [r.seq for r in acl.rules] == list(range(10, 10 * len(acl.rules) + 1, 10))


def test_a_unit_s_lan_filter_lets_nothing_through_to_other_units():
    sites = network().plan.sites
    for site in sites.values():
        acl = next(a for a in devices()[site.device].acls if a.name == "ZX-LAN-IN")
        allowed = {site.unit.id, *site.unit.peers}
        for rule in acl.rules:
            if rule.action == "permit" and rule.dst:
                for other in sites.values():
                    if other.unit.id not in allowed:
                        assert not any(rule.dst.overlaps(p) for at in other.attachments for p in at.prefixes)


def test_suspended_units_are_cut_at_the_facilities():
    suspended = [s for s in network().plan.sites.values() if s.unit.suspended]
    assert suspended
    for site in suspended:
        facts = [i.enabled for d, i in tunnels() if i.tunnel.unit == site.unit.id and not i.tunnel.initiator]
        facts += [n.enabled for _, _, n in neighbors() if n.remote_asn == site.asn and site.asn]
        facts += [
            a.enabled
            for d in devices().values()
            if d.pppoe_server
            for a in d.pppoe_server.accounts
            if a.unit == site.unit.id
        ]
        facts += [
            s.enabled
            for d in devices().values()
            if d.aggregation
            for s in d.aggregation.services
            if s.unit == site.unit.id
        ]
        assert facts
        assert not any(facts)


def test_each_fact_names_a_rule_that_exists_and_every_rule_makes_facts():
    named = set()

    def visit(value):
        if isinstance(value, tuple):
            for item in value:
                visit(item)
        elif hasattr(value, "__dataclass_fields__"):
            if hasattr(value, "rule"):
                named.add(value.rule)
            for name in value.__dataclass_fields__:
                visit(getattr(value, name))

    for d in devices().values():
        visit(d)
    for unit in network().plan.sites:
        visit(network().oa_client(unit))
    assert named <= rules.RULES.keys()
    # The rate is a value on facts of other rules, isolation a rule of filters alone.
    assert rules.RULES.keys() - named <= {"rate"}


def test_only_units_with_an_order_are_designed():
    for unit in factory.sample().units.values():
        assert (f"{unit.id}-cpe1" in devices()) == unit.rendered
