"""The OA client set: what each real reader makes of it, for ordinary units and for hostile names."""

import dataclasses
import json
import os
import plistlib
import re
import subprocess
from pathlib import PurePath

import jinja2
import pytest
from hostile import hostile_strings
from oracles import chromium, desktop, firefox, pac, plist, reg, shell
from support import ROOT

from zxnet.design.network import Bookmark, Crypto, OaClient, VpnGateway
from zxnet.inet import Inet
from zxnet.render.engine import Renderer
from zxnet.render.filters import printable
from zxnet.text import FreeText

RENDERER = Renderer(ROOT / "templates")
HUB = VpnGateway("hub", Inet.parse("192.0.2.2"), "hub-vpn1.zx.egov.example")
BACKUP = VpnGateway("backup", Inet.parse("198.51.100.2"), "backup-vpn1.zx.egov.example")
CRYPTO = Crypto(
    rule="crypto",
    profile="intl",
    ike_encryption="aes-256-cbc",
    ike_integrity="sha2-256",
    ike_prf="sha2-256",
    dh_group=14,
    ike_lifetime_s=86400,
    esp_encryption="aes-256-cbc",
    esp_integrity="sha2-256",
    esp_lifetime_s=3600,
    pfs_group=14,
    dpd_idle_s=10,
    dpd_interval_s=5,
    dpd_retries=3,
)
PLAIN = OaClient(
    rule="oa-client",
    unit="wufeng",
    name=FreeText("乌峰镇"),
    name_en=FreeText("Wufeng Town"),
    portal_url="https://portal.egov.zhaotong.example/",
    bookmarks=(Bookmark(FreeText("协同办公"), "https://oa.egov.zhaotong.example/"),),
    domain="egov.zhaotong.example",
    prefixes=(Inet.parse("10.52.0.0/16"), Inet.parse("10.53.128.0/17")),
    proxy="proxy.egov.zhaotong.example:3128",
    pac_url="http://portal.egov.zhaotong.example/proxy.pac",
    client_id="wufeng.terminal.zx.egov.example",
    ca_name="zx-egov-client-ca",
    vpn=(HUB, BACKUP),
    crypto=CRYPTO,
    ike_proposal="aes256-sha256-modp2048",
    esp_proposal="aes256-sha256-modp2048",
    uuid="0B9B3C2E-6E2B-5D53-9C53-3A9B0D6C1B11",
    uuid_vpn=("1B9B3C2E-6E2B-5D53-9C53-3A9B0D6C1B11", "2B9B3C2E-6E2B-5D53-9C53-3A9B0D6C1B11"),
)
CLIENTS = {
    "ordinary": PLAIN,
    "IPv6": dataclasses.replace(PLAIN, prefixes=(*PLAIN.prefixes, Inet.parse("fd00:52:8000::/33"))),
    "IPv6 only": dataclasses.replace(PLAIN, prefixes=(Inet.parse("2001:db8::/32"),)),
    "one gateway": dataclasses.replace(PLAIN, vpn=(BACKUP,), uuid_vpn=PLAIN.uuid_vpn[1:]),
    "no VPN": dataclasses.replace(PLAIN, vpn=(), uuid_vpn=()),
    "no bookmarks": dataclasses.replace(PLAIN, bookmarks=()),
    "group 19": dataclasses.replace(PLAIN, crypto=dataclasses.replace(CRYPTO, dh_group=19, pfs_group=20)),
}
FRONT = f"PROXY {PLAIN.proxy}"
HOSTILE = hostile_strings(600, seed=7)


def rendered(client: OaClient) -> dict[str, str]:
    """File name → text; the registry file as its template printed it."""
    return {
        PurePath(artifact.path).name: artifact.data.decode("utf-16").replace("\r\n", "\n")
        if artifact.dialect == "reg"
        else artifact.data.decode()
        for artifact in RENDERER.oa_client(client)
    }


def named(name: str, titles: list[str] | None = None) -> OaClient:
    """The ordinary client of a unit whose name, and bookmarks' titles, are these."""
    bookmarks = tuple(
        Bookmark(FreeText(title), "https://oa.egov.zhaotong.example/") for title in titles or [name]
    )
    return dataclasses.replace(PLAIN, name=FreeText(name), name_en=FreeText(name), bookmarks=bookmarks)


@pytest.fixture(params=CLIENTS)
def files(request):
    return rendered(CLIENTS[request.param])


# --- each file in its reader ------------------------------------------------------------------


def test_chromium_knows_every_policy(files):
    assert chromium.check(files["chromium.json"]) is None


def test_chromium_applies_every_policy():
    text = rendered(named("乌峰镇", HOSTILE))["chromium.json"]
    applied = chromium.applied_policies(text)
    assert {name: entry["value"] for name, entry in applied.items()} == json.loads(text)
    assert chromium.problems(text) == {}


def test_firefox_knows_every_policy(files):
    assert firefox.check(files["firefox-policies.json"]) is None


@pytest.mark.parametrize("name", CLIENTS)
def test_pac(name):
    client = CLIENTS[name]
    inside = [
        "egov.zhaotong.example",
        "oa.egov.zhaotong.example",
        "OA.Egov.Zhaotong.Example",
        "oa.egov.zhaotong.example.",
    ]
    outside = [
        "localhost",
        "evil-egov.zhaotong.example",
        "egov.zhaotong.example.evil.example",
        "10.52.evil.example",
        "10.53.127.255",
        "192.0.2.1",
        "fd00:52:7fff:ffff::1",
        "2001:db9::",
        "::",
        "::1",
        "",
    ]
    for prefix in client.prefixes:
        inside += [prefix.ip, Inet(prefix.family, prefix.last, prefix.length).ip]
        inside += [f"[{prefix.ip}]"] * (prefix.family == 6)  # as older browsers pass it
    expected = {(f"https://{host}/x", host): FRONT for host in inside}
    expected |= {(f"https://{host}/x", host): "DIRECT" for host in outside}
    assert pac.check(rendered(client)["proxy.pac"], expected) is None


def test_registry(files):
    stored = reg.values(files["edge.reg"])
    edge = stored[r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Edge"]
    chrome = stored[r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Google\Chrome"]
    assert json.loads(edge["ManagedFavorites"]) == json.loads(chrome["ManagedBookmarks"])
    assert json.loads(chrome["ProxySettings"]) == json.loads(files["chromium.json"])["ProxySettings"]
    assert stored[r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings"] == {
        "AutoConfigURL": PLAIN.pac_url
    }


def test_chrome_on_windows_gets_only_policies_that_are_known(files):
    keys = re.findall(r"Policies\\Google\\Chrome\\?(\w*)\]\n((?:\".*\n)*)", files["edge.reg"])
    names = {key for key, _ in keys if key} | set(re.findall(r'^"(\w+)"=', keys[0][1], re.MULTILINE))
    assert names <= chromium.known().keys()


def test_profile(files):
    assert "vpn.mobileconfig" not in files or plist.check(files["vpn.mobileconfig"]) is None


def test_desktop_entry(files):
    assert desktop.check(files["oa.desktop"]) is None


def test_installer(files):
    assert shell.check(files["install-kylin.sh"]) is None


def test_without_gateways_there_is_no_vpn():
    files = rendered(CLIENTS["no VPN"])
    assert not [name for name in files if name.startswith("vpn.")]
    assert "swanctl --load-all" not in files["install-kylin.sh"]


def test_what_a_client_cannot_encrypt_is_refused():
    crypto = dataclasses.replace(CRYPTO, ike_encryption="sm4-cbc")
    with pytest.raises(jinja2.UndefinedError, match="sm4-cbc"):
        rendered(dataclasses.replace(PLAIN, crypto=crypto))


def test_powershell_is_plain_ascii():
    """Windows PowerShell reads a file without byte order mark in the system's own code page."""
    assert rendered(PLAIN)["vpn.ps1"].isascii()


def test_the_placeholder_says_so():
    text = rendered(PLAIN)["egov-ca.pem.txt"]
    assert text.startswith("PLACEHOLDER, NOT A CERTIFICATE")
    assert "BEGIN" not in text


# --- hostile names ----------------------------------------------------------------------------


def test_a_name_changes_nothing_but_its_own_lines():
    """Whatever a unit is called, each file has the same lines, but for those that hold a name."""
    ordinary, other = rendered(named("a")), rendered(named("b"))
    held = {file: changed(text, other[file]) for file, text in ordinary.items()}
    for name in HOSTILE:
        for file, text in rendered(named(name)).items():
            assert len(text.splitlines()) == ordinary[file].count("\n"), (file, name)
            assert changed(text, ordinary[file]) <= held[file], (file, name)


def changed(text, other):
    """Numbers of the lines that differ between two texts of as many lines."""
    pairs = zip(text.split("\n"), other.split("\n"), strict=True)
    return {number for number, (mine, theirs) in enumerate(pairs, 1) if mine != theirs}


def test_bookmarks_keep_their_titles():
    titles = HOSTILE[::5]  # hivexregedit takes its time over one long value
    files = rendered(named("x", titles))
    chrome = reg.values(files["edge.reg"])[r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Google\Chrome"]
    whole = [title.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for title in titles]
    for bookmarks in (
        json.loads(files["chromium.json"])["ManagedBookmarks"][1:-1],
        json.loads(files["firefox-policies.json"])["policies"]["ManagedBookmarks"][1:-1],
        json.loads(chrome["ManagedBookmarks"])[1:],
    ):
        assert [bookmark["name"] for bookmark in bookmarks] == whole


def test_names_are_one_value_to_each_reader():
    ordinary = reg.values(rendered(named("a"))["edge.reg"])
    for number, name in enumerate(HOSTILE):
        files = rendered(named(name, ["a"]))
        shown = printable(name)
        profile = plistlib.loads(files["vpn.mobileconfig"].encode())
        assert profile["PayloadOrganization"] == shown
        assert plist.check(files["vpn.mobileconfig"]) is None
        assert desktop.values(files["oa.desktop"])["Comment[zh_CN]"] == shown
        if number % 40 == 0:
            assert reg.check(files["edge.reg"], ordinary) is None
            assert shell.check(files["install-kylin.sh"]) is None
            assert pac.check(files["proxy.pac"], {("http://10.52.0.1/", "10.52.0.1"): FRONT}) is None


# --- the installer, run -----------------------------------------------------------------------


def install(folder, client=PLAIN, *, ca=False, user=()):
    source = folder / "set"
    source.mkdir(exist_ok=True)
    for artifact in RENDERER.oa_client(client):
        (source / PurePath(artifact.path).name).write_bytes(artifact.data)
    if ca:
        (source / "egov-ca.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    root = () if os.geteuid() == 0 else ("unshare", "-r")
    return subprocess.run(
        [*(user or root), "sh", source / "install-kylin.sh"],
        env=os.environ | {"DESTDIR": str(folder / "root")},
        capture_output=True,
        text=True,
        check=False,
    )


def placed(folder):
    root = folder / "root"
    return {f"/{path.relative_to(root)}": path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_installer_puts_every_file_into_place(tmp_path):
    result = install(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "政务外网 egov.zhaotong.example: 乌峰镇" in result.stdout
    files = placed(tmp_path)
    assert sorted(files) == [
        "/etc/chromium-browser/policies/managed/zx-egov.json",
        "/etc/chromium/policies/managed/zx-egov.json",
        "/etc/firefox/policies/policies.json",
        "/etc/opt/chrome/policies/managed/zx-egov.json",
        "/etc/opt/edge/policies/managed/zx-egov.json",
        "/etc/swanctl/conf.d/zx-egov.conf",
        "/usr/share/applications/zx-oa.desktop",
    ]
    assert files["/etc/chromium/policies/managed/zx-egov.json"].decode() == rendered(PLAIN)["chromium.json"]
    assert (tmp_path / "root/etc/swanctl/conf.d/zx-egov.conf").stat().st_mode & 0o777 == 0o600


def test_installer_again_changes_nothing(tmp_path):
    install(tmp_path, ca=True)
    before = placed(tmp_path)
    result = install(tmp_path, ca=True)
    assert "installed" not in result.stdout
    assert placed(tmp_path) == before
    assert {
        "/etc/swanctl/x509ca/egov-ca.pem",
        "/usr/local/share/ca-certificates/egov-ca.crt",
    } <= before.keys()


def test_installer_keeps_what_was_there_before_it(tmp_path):
    policies = tmp_path / "root/etc/firefox/policies/policies.json"
    policies.parent.mkdir(parents=True)
    policies.write_text("theirs")
    install(tmp_path)
    install(tmp_path, CLIENTS["no bookmarks"])
    assert policies.with_name("policies.json.before-zx").read_text() == "theirs"
    assert json.loads(policies.read_text())["policies"]


def test_installer_is_for_root(tmp_path):
    tmp_path.chmod(0o755)
    user = ("setpriv", "--reuid=65534", "--clear-groups") if os.geteuid() == 0 else ("env",)
    script = rendered(PLAIN)["install-kylin.sh"]
    result = subprocess.run(
        [*user, "sh", "-s"],
        input=script,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 4
    assert "run as root" in result.stderr


@pytest.mark.parametrize("name", HOSTILE[::25])
def test_installer_prints_a_hostile_name_and_does_no_more(tmp_path, name):
    result = install(tmp_path, named(name))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.split("\n")[0] == f"政务外网 {PLAIN.domain}: {printable(name)}"
    assert len(placed(tmp_path)) == 7
