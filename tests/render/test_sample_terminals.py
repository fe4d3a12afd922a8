"""The OA client set of every unit of the sample, in the programs that read it."""

import json
from functools import cache
from pathlib import PurePath

import factory
import pytest
from oracles import desktop, firefox, linux, pac, plist, reg, shell
from support import ROOT

from zxnet.allocate import Ledger, allocate
from zxnet.design import design
from zxnet.render.engine import Renderer


@cache
def network():
    return design(factory.sample(), allocate(factory.sample(), Ledger()))


RENDERER = Renderer(ROOT / "templates")
UNITS = sorted(network().plan.sites)


def files(unit: str) -> dict[str, str]:
    return {
        PurePath(a.path).name: a.data.decode("utf-16").replace("\r\n", "\n")
        if a.dialect == "reg"
        else a.data.decode()
        for a in RENDERER.oa_client(network().oa_client(unit))
    }


def test_every_rendered_unit_has_a_whole_set():
    assert len(UNITS) == sum(u.rendered for u in factory.sample().units.values())
    kinds = {"chromium.json", "firefox-policies.json", "proxy.pac", "edge.reg", "install-kylin.sh"}
    kinds |= {"vpn.swanctl.conf", "vpn.mobileconfig", "vpn.ps1", "egov-ca.pem.txt", "oa.desktop"}
    assert all(files(unit).keys() == kinds for unit in UNITS)


@pytest.mark.parametrize("unit", UNITS)
def test_every_reader_accepts_the_set(unit):
    made, client = files(unit), network().oa_client(unit)
    front = f"PROXY {client.proxy}"
    expected = {
        ("https://oa.egov.zhaotong.example/", "oa.egov.zhaotong.example"): front,
        ("http://10.52.3.4/", "10.52.3.4"): front,
        ("http://10.53.0.1/", "10.53.0.1"): "DIRECT",
        ("https://www.example.org/", "www.example.org"): "DIRECT",
    }
    assert pac.check(made["proxy.pac"], expected) is None
    assert firefox.check(made["firefox-policies.json"]) is None
    assert plist.check(made["vpn.mobileconfig"]) is None
    assert desktop.check(made["oa.desktop"]) is None
    assert reg.check(made["edge.reg"]) is None
    assert json.loads(made["chromium.json"])
    assert client.name.raw in made["oa.desktop"]


@pytest.mark.parametrize("unit", UNITS[::10])
def test_the_installer_is_a_clean_shell_script(unit):
    assert shell.check(files(unit)["install-kylin.sh"]) is None


def test_charon_loads_every_client_profile():
    """One CA file name serves all; the client's own certificate comes with the real CA (issue of trust)."""
    texts = {unit: files(unit)["vpn.swanctl.conf"] for unit in UNITS}
    assert {u: c for u, c in linux.swanctl(texts).items() if c} == {}


def test_profile_identifiers_are_unique():
    uuids = [network().oa_client(unit).uuid for unit in UNITS]
    assert len(set(uuids)) == len(UNITS)
