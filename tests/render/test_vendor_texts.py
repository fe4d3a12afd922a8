"""The texts themselves, of every device of the sample: both ends agree, nothing is left to a default."""

import re
from collections import defaultdict
from functools import cache

import factory
from support import ROOT

from zxnet.allocate import Ledger, allocate
from zxnet.design import Network, design
from zxnet.render.engine import Renderer


@cache
def network() -> Network:
    return design(factory.sample(), allocate(factory.sample(), Ledger()))


@cache
def texts() -> dict[str, str]:
    """Device id → all its text."""
    renderer = Renderer(ROOT / "templates")
    return {d.id: "\n".join(a.data.decode() for a in renderer.device(d)) for d in network().devices()}


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.:/@-]+", text))


def test_each_key_stands_at_exactly_two_ends():
    """A pre-shared or BGP key is written at both ends of its tunnel or session, and nowhere else.

    A suspended unit is cut at the facilities: there its keys may be gone.
    """
    holders = defaultdict(set)
    for device, text in texts().items():
        for reference in re.findall(r"<secret:((?:vpn|bgp|ppp)/[^@>]+@\d+)>", text):
            holders[reference].add(device)
    cut = {s.unit.id for s in network().plan.sites.values() if not s.enabled}
    city = ("bgp/hub-city", "bgp/backup-city")
    keys = {k: v for k, v in holders.items() if not k.startswith(city) and re.split("[/@]", k)[1] not in cut}
    assert len(keys) > 150
    assert {k: v for k, v in keys.items() if len(v) != 2} == {}


def test_each_tunnel_names_its_other_end():
    checked = 0
    for device in network().devices():
        for interface in device.tunnels:
            checked += 1
            if not interface.enabled:
                continue
            tunnel, text = interface.tunnel, words(texts()[device.id])
            assert tunnel.destination.ip in text, device.id
            assert interface.v4.ip in text or interface.v4.host_cidr in text
            assert tunnel.remote_id in text or device.platform == "huawei_vrp", device.id
    attachments = [at for site in network().plan.sites.values() for at in site.attachments]
    assert checked == 2 * 2 * sum(at.tunnel > 0 for at in attachments)


def test_each_neighbor_stands_in_the_text_with_its_as_number():
    for device in network().devices():
        for instance in device.bgp.instances if device.bgp else ():
            for neighbor in instance.neighbors:
                found = [
                    line for line in texts()[device.id].splitlines() if neighbor.address.ip in line.split()
                ]
                assert any(str(neighbor.remote_asn) in line.split() for line in found), (device.id, neighbor)


def test_each_circuit_vlan_stands_at_its_three_devices():
    for site in network().plan.sites.values():
        for at in site.attachments:
            if at.vlan:
                for device in (site.device, "hub-router1", "backup-router1", f"{site.pop}-agg1"):
                    assert re.search(rf"\b{at.vlan}\b", texts()[device]), (device, at.vlan)


CRYPTO = {
    "huawei_vrp": (
        "encryption-algorithm aes-256", "authentication-algorithm sha2-256", "dh group14",
        "prf hmac-sha2-256",
        "integrity-algorithm hmac-sha2-256", "esp encryption-algorithm aes-256",
        "esp authentication-algorithm sha2-256", "pfs dh-group14", "sa duration 86400", "3600", "dpd type",
    ),
    "hp_comware": (
        "encryption aes-cbc-256", "integrity sha256", "prf sha256", "dh group14",
        "esp encryption-algorithm aes-cbc-256", "esp authentication-algorithm sha256", "pfs dh-group14",
        "sa duration 86400", "sa duration time-based 3600", "dpd interval 10",
    ),
    "cisco_ios": (
        "encryption aes-cbc-256", "integrity sha256", "prf sha256", "group 14", "esp-aes 256 esp-sha256-hmac",
        "set pfs group14", "lifetime 86400", "set security-association lifetime seconds 3600", "dpd 10 5",
    ),
    "linux": (
        "proposals = aes256-sha256-prfsha256-modp2048", "esp_proposals = aes256-sha256-modp2048",
        "rekey_time = 86400s", "rekey_time = 3600s", "dpd_delay = 10s",
    ),
}  # fmt: skip


def test_every_crypto_parameter_is_explicit():
    seen = set()
    for device in network().devices():
        if device.crypto and device.tunnels:
            seen.add((device.platform, device.function))
            missing = [line for line in CRYPTO[device.platform] if line not in texts()[device.id]]
            assert not missing, device.id
    assert {("huawei_vrp", "vpn"), ("linux", "vpn")} | {(p, "cpe") for p in CRYPTO} == seen


def test_no_weak_algorithm_stands_anywhere_in_a_tunnel():
    weak = re.compile(r"\b(3des|des-cbc|rc4|md5-?96|sha1-96|group[125]|modp(768|1024|1536))\b", re.IGNORECASE)
    for device in network().devices():
        if device.crypto:
            assert not weak.search(texts()[device.id]), device.id
