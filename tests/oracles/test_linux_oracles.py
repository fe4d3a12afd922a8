"""Every Linux file of the sample and of the dual-stack case is read by the program it is for."""

from functools import cache

import factory
import pytest
from oracles import frr_daemons, iproute, shell
from oracles import linux as oracle
from support import ROOT

from zxnet.allocate import Ledger, allocate
from zxnet.design import design
from zxnet.inventory.load import load
from zxnet.platforms.rulebook import load_rulebook
from zxnet.render.engine import Artifact, Renderer

CASES = ("sample", "dual-stack", "cpe-linux")


@cache
def artifacts(case: str) -> list[Artifact]:
    inventory = factory.sample() if case == "sample" else load(ROOT / "tests/golden" / case).inventory
    network = design(inventory, allocate(inventory, Ledger()))
    renderer = Renderer(ROOT / "templates")
    return [a for d in network.devices() if d.platform == "linux" for a in renderer.device(d)]


def texts(case: str, dialect: str) -> dict[str, str]:
    found = {a.path: a.data.decode() for a in artifacts(case) if a.dialect == dialect}
    assert found
    return found


@pytest.mark.parametrize("case", CASES)
def test_frr_reads_every_frr_conf(case):
    assert {p: c for p, t in texts(case, "frr").items() if (c := oracle.frr(t))} == {}


@pytest.mark.parametrize("case", CASES)
def test_nft_reads_every_ruleset(case):
    assert {p: c for p, t in texts(case, "nft").items() if (c := oracle.nft(t))} == {}


@pytest.mark.parametrize("case", CASES)
def test_charon_loads_every_connection(case):
    verdicts = oracle.swanctl(texts(case, "swanctl"))
    assert {p: c for p, c in verdicts.items() if c} == {}


@pytest.mark.parametrize("case", ["sample", "dual-stack"])
def test_keepalived_reads_every_group(case):
    for path, text in texts(case, "keepalived").items():
        interfaces = [line.split()[1] for line in text.splitlines() if line.strip().startswith("interface ")]
        assert oracle.keepalived(text, interfaces) is None, path


@pytest.mark.parametrize("case", CASES)
def test_pppd_reads_every_option_file(case):
    assert {p: c for p, t in texts(case, "pppd").items() if (c := oracle.pppd(t))} == {}


@pytest.mark.parametrize("case", CASES)
def test_systemd_reads_every_unit(case):
    devices: dict[str, dict[str, str]] = {}
    for artifact in artifacts(case):
        if artifact.dialect == "systemd":
            name = artifact.target.removeprefix("/etc/systemd/system/")
            devices.setdefault(artifact.device, {})[name] = artifact.data.decode()
    assert devices
    assert {d: c for d, units in devices.items() if (c := oracle.systemd(units))} == {}


@pytest.mark.parametrize("case", CASES)
def test_ip_bridge_and_tc_run_every_batch(case):
    for dialect in ("ip", "bridge", "tc"):
        found = {a.path: a.data.decode() for a in artifacts(case) if a.dialect == dialect}
        bad = {p: c for p, t in found.items() if (c := getattr(iproute, dialect)(t))}
        assert bad == {}


@pytest.mark.parametrize("case", CASES)
def test_the_shell_reads_every_script(case):
    scripts = set(texts(case, "script").values())
    assert {s: c for s in scripts if (c := shell.check(s))} == {}


@pytest.mark.parametrize("function", ["router", "vpn", "cpe"])
def test_frr_shows_every_line_back_but_its_own_defaults(function):
    """The rulebook says which lines FRR hides; an OSPF key is cut, so it is compared as far as it goes."""
    text = max((t for p, t in texts("dual-stack", "frr").items() if f"-{function}" in p), key=len)
    shown = {line.strip() for line in frr_daemons.running_config(text).splitlines()}
    missing = [
        line
        for _, _, line, command in load_rulebook("linux").walk("frr", text)
        if command.kind != "hidden"
        and line not in shown
        and not line.startswith("hostname ")
        and not (" md5 " in line and line[: line.index(" md5 ") + 21] in shown)
    ]
    assert missing == []


# --- each oracle rejects a broken twin ---


def first(dialect: str) -> str:
    return next(iter(texts("cpe-linux", dialect).values()))


def test_frr_rejects_a_misspelt_line():
    text = first("frr")
    assert oracle.frr(text) is None
    assert "Unknown command" in oracle.frr(text.replace("log syslog", "log sislog"))


def test_nft_rejects_a_missing_chain():
    text = first("nft")
    assert oracle.nft(text) is None
    assert oracle.nft(text.replace("goto ZX-LAN-IN", "goto ZX-LAN-OUT")) is not None


def test_charon_rejects_an_unknown_algorithm():
    text = first("swanctl")
    verdicts = oracle.swanctl({"good": text, "bad": text.replace("aes256-sha256", "sm4128-sm3")})
    assert verdicts["good"] is None
    assert "invalid value" in verdicts["bad"]


def test_keepalived_rejects_an_unknown_keyword():
    text = next(iter(texts("sample", "keepalived").values()))
    interfaces = [line.split()[1] for line in text.splitlines() if line.strip().startswith("interface ")]
    assert oracle.keepalived(text, interfaces) is None
    assert oracle.keepalived(text.replace("virtual_router_id", "virtual_ruoter_id"), interfaces) is not None


def test_pppd_rejects_an_unknown_option():
    text = first("pppd")
    assert oracle.pppd(text) is None
    assert "frobnicate" in oracle.pppd(text + "frobnicate 3\n")


def test_pppd_reads_the_options_of_the_pppoe_plugin():
    text = next(t for t in texts("cpe-linux", "pppd").values() if "nic-" in t)
    assert oracle.pppd(text) is None
    assert "rp_pppoe_servise" in oracle.pppd(text.replace("rp_pppoe_service", "rp_pppoe_servise"))


@pytest.mark.parametrize(
    ("dialect", "good", "bad"),
    [
        ("ip", "link add name ipsec1 type xfrm if_id 1", "link add name ipsec1 type xfrm if_ix 1"),
        ("ip", "link add name lo0 type dummy\nlink set dev lo0 mtu 1500", "link set dev lo0 mtuu 1500"),
        ("ip", "address replace 10.0.0.1/24 dev eth0", "address replace 10.0.0.1/33 dev eth0"),
        ("ip", "route replace unreachable default table 20", "route replace unreachable defautl table 20"),
        ("bridge", "vlan add dev eth0 vid 101", "vlan add dev eth0 vid 5101"),
        ("tc", "qdisc replace dev eth0 root pfifo", "qdisc replace dev eth0 root pfifo limmit 3"),
        (
            "tc",
            "filter add dev eth0 ingress protocol 802.1Q prio 1 flower vlan_id 101 action police index 101",
            "filter add dev eth0 ingress protocol 802.1Q prio 1 flower vlan_id 101 action polize index 101",
        ),
    ],
)
def test_a_batch_with_a_wrong_word_is_refused(dialect, good, bad):
    check = getattr(iproute, dialect)
    assert check(f"{good}\n") is None
    assert check(f"{bad}\n") is not None
    assert check(f"{good}\n{bad}\n") is not None


def test_systemd_rejects_an_unknown_setting():
    unit = "[Unit]\nDescription=x\n[Service]\nType=oneshot\nExecStart=/usr/sbin/ip link\n"
    assert oracle.systemd({"x.service": unit}) is None
    assert "ExecBegin" in oracle.systemd({"x.service": unit.replace("ExecStart", "ExecBegin")})


# --- what the oracles miss ---


@pytest.mark.parametrize("case", CASES)
def test_no_static_route_asks_frr_for_bfd(case):
    """FRR 8.4 reads `ip route P N bfd` as a route through an interface named bfd."""
    for path, text in texts(case, "frr").items():
        for line in text.splitlines():
            if line.strip().startswith(("ip route ", "ipv6 route ")):
                assert "bfd" not in line.split(), (path, line)


@pytest.mark.parametrize("case", CASES)
def test_frr_names_only_interfaces_and_zones_that_exist(case):
    """A zone is a VRF device that `ip` makes; FRR mentions it only where it has routes or neighbours."""
    batches = {p.rpartition("/")[0]: t for p, t in texts(case, "ip").items()}
    for path, text in texts(case, "frr").items():
        words = [line.split() for line in text.splitlines()]
        interfaces = {w[1] for w in words if w[:1] == ["interface"]}
        zones = {
            line.split()[3]
            for line in batches[path.rpartition("/")[0]].splitlines()
            if line.startswith("link add name ") and " type vrf " in line
        }
        used = {w[3] for w in words if w[:2] in (["ip", "route"], ["ipv6", "route"])}
        named = {u for u in used if u[0].isalpha() and u != "blackhole" and ":" not in u}
        assert named <= interfaces, path
        assert {w[-1] for w in words if w[:1] == ["router"] and "vrf" in w} <= zones, path
