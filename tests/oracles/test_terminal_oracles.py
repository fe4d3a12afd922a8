"""Each judge of an OA client artifact accepts a good text and rejects its broken twin."""

import json

import pytest
from oracles import chromium, desktop, firefox, pac, plist, reg, shell

PAC = """function FindProxyForURL(url, host) {
  return dnsDomainIs(host, ".zx.example") ? "PROXY p:1" : "DIRECT";
}
"""
ASKED = {
    ("http://a.zx.example/", "a.zx.example"): "PROXY p:1",
    ("http://[2001:db8::1]/", "2001:db8::1"): "DIRECT",
}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("", "", None),
        ("return", "return (", "SyntaxError"),
        ("FindProxyForURL", "FindProxy", "FindProxyForURL"),
        ("p:1", "p:2", "http://a.zx.example/: = PROXY p:2"),
        ("dnsDomainIs(host", "dnsDomainIs(hosts", "hosts is not defined"),
        (
            'dnsDomainIs(host, ".zx.example")',
            'isInNet(host, "10.0.0.0", "255.0.0.0")',
            "DNS look-up of a.zx.example",
        ),
        ("return", "myIpAddress(); return", "the terminal's own address"),
    ],
)
def test_pac(old, new, reason):
    problem = pac.check(PAC.replace(old, new, 1) if old else PAC, ASKED)
    assert problem is None if reason is None else reason in str(problem)


FIREFOX = {
    "Homepage": {"URL": "https://portal.example/", "StartPage": "homepage-locked"},
    "ManagedBookmarks": [{"name": "门户", "url": "https://portal.example/"}],
    "OverridePostUpdatePage": "",
    "DisableTelemetry": True,
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"DisableTelemetry": 1}, "DisableTelemetry: 1 is not of type 'boolean'"),
        ({"DisableTelemetri": True}, "knows no such policy"),
        ({"Homepage": {"URL": "no url"}}, "'no url' is not a 'moz-url'"),
        ({"Homepage": {"Url": "https://portal.example/"}}, "'Url' was unexpected"),
        ({"Homepage": {"StartPage": "none-such"}}, "'none-such' is not one of"),
        ({"ManagedBookmarks": [{"name": 1}]}, "ManagedBookmarks[0].name"),
    ],
)
def test_firefox(change, reason):
    problem = firefox.check(json.dumps({"policies": FIREFOX | change}))
    assert problem is None if reason is None else reason in str(problem)


def test_firefox_reads_one_document():
    assert "not JSON" in str(firefox.check("{"))
    assert firefox.check('{"Policies": {}}') is not None


KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Zx"
REG = f"""Windows Registry Editor Version 5.00

; 注释
[{KEY}]
"Name"="政务 \\"外网\\" \\\\"
"On"=dword:00000001
"""
STORED = {KEY: {"Name": '政务 "外网" \\', "On": 1}}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("", "", None),
        ("Version 5.00", "Version 4", "does not begin with"),
        ("dword:00000001", "dword:zz", "parse error"),
        ("; 注释", "注释", "reg_import: "),
        ('\\\\"', "\\\\", "parse error"),
        ("00000001", "00000002", "'On': 2"),
        ('"On"', f"\n[-{KEY}]\n\n[{KEY}]\n" + '"On"', "holds"),
    ],
)
def test_reg(old, new, reason):
    problem = reg.check(REG.replace(old, new, 1), STORED)
    assert problem is None if reason is None else reason in str(problem)


DESKTOP = "[Desktop Entry]\nType=Application\nName=Portal\nName[zh_CN]=门户\\\\\nExec=xdg-open https://portal.example/\n"


@pytest.mark.parametrize(
    ("old", "new", "good"),
    [
        ("", "", True),
        ("Name=", "Title=", False),
        ("Application", "Program", False),
        ("Exec=xdg-open", "Exec=xdg-open %z", False),
        ("Name[zh_CN]=", "\n[x\nName[zh_CN]=", False),
    ],
)
def test_desktop(old, new, good):
    assert (desktop.check(DESKTOP.replace(old, new, 1)) is None) is good


def test_desktop_values():
    assert desktop.values(DESKTOP)["Name[zh_CN]"] == "门户\\"
    with pytest.raises(ValueError, match="one group"):
        desktop.values(DESKTOP + "[Desktop Action x]\n")


@pytest.mark.parametrize(
    ("script", "good"),
    [
        ("#!/bin/sh\nname='门户'\nprintf '%s\\n' \"$name\"\n", True),
        ("#!/bin/sh\nname='门户\nprintf '%s\\n' \"$name\"\n", False),
        ("#!/bin/sh\nname=x\nprintf '%s\\n' \"$name\" $(ls)\n", False),
        ("#!/bin/sh\n[[ a == a ]]\n", False),
    ],
)
def test_shell(script, good):
    assert (shell.check(script) is None) is good


def payload(kind, number, **more):
    body = "".join(f"<key>{key}</key>{value}" for key, value in more.items())
    return (
        f"<dict><key>PayloadType</key><string>{kind}</string><key>PayloadVersion</key><integer>1</integer>"
        f"<key>PayloadIdentifier</key><string>zx.{number}</string><key>PayloadUUID</key>"
        f"<string>00000000-0000-5000-8000-00000000000{number}</string>{body}</dict>"
    )


SA = (
    "<dict><key>EncryptionAlgorithm</key><string>AES-256</string><key>IntegrityAlgorithm</key><string>SHA2-256"
    "</string><key>DiffieHellmanGroup</key><integer>14</integer><key>LifeTimeInMinutes</key><integer>60</integer></dict>"
)
IKE = "".join(
    f"<key>{key}</key><string>{value}</string>"
    for key, value in {
        "RemoteAddress": "192.0.2.1",
        "RemoteIdentifier": "hub.example",
        "LocalIdentifier": "pc.example",
        "AuthenticationMethod": "Certificate",
        "PayloadCertificateUUID": "00000000-0000-5000-8000-000000000002",
    }.items()
)
VPN = {
    "VPNType": "<string>IKEv2</string>",
    "UserDefinedName": "<string>zx</string>",
    "IKEv2": f"<dict>{IKE}<key>IKESecurityAssociationParameters</key>{SA}"
    f"<key>ChildSecurityAssociationParameters</key>{SA}</dict>",
}
IDENTITY = payload("com.apple.security.pkcs12", 2, PayloadContent="<data>eA==</data>")
PARTS = f"<array>{IDENTITY}{payload('com.apple.vpn.managed', 3, **VPN)}</array>"
PROFILE = f'<plist version="1.0">{payload("Configuration", 1, PayloadContent=PARTS)}</plist>'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("", "", None),
        ("</plist>", "</plis>", "not a property list"),
        ("-000000000003", "-000000000002", "PayloadUUID is not unique"),
        ("00000000-0000-5000-8000-000000000003", "x", "PayloadUUID is no UUID"),
        ("<integer>1</integer>", "<true/>", None),  # plistlib: True is an int; Apple reads it as 1 as well
        (
            "<key>PayloadCertificateUUID</key><string>0",
            "<key>PayloadCertificateUUID</key><string>1",
            "names no identity",
        ),
        ("AES-256", "DES", "unknown algorithm"),
        ("<integer>14</integer>", "<integer>2</integer>", "unknown Diffie-Hellman group"),
        ("<integer>60</integer>", "<integer>86400</integer>", "LifeTimeInMinutes"),
        ("<key>RemoteIdentifier</key><string>hub.example</string>", "", "RemoteIdentifier is missing"),
    ],
)
def test_plist(old, new, reason):
    problem = plist.check(PROFILE.replace(old, new, 1) if old else PROFILE)
    assert problem is None if reason is None else reason in str(problem)


CHROMIUM = {"HomepageLocation": "https://portal.example/", "SyncDisabled": True, "BrowserSignin": 0}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"SyncDisable": True}, "SyncDisable: this Chromium knows no such policy"),
        ({"SyncDisabled": 1}, "SyncDisabled: 1 is no boolean"),
        ({"BrowserSignin": False}, "BrowserSignin: False is no integer"),
    ],
)
def test_chromium(change, reason):
    assert chromium.check(json.dumps(CHROMIUM | change)) == reason


def test_chromium_itself():
    assert chromium.problems(json.dumps(CHROMIUM)) == {}
    assert chromium.problems(json.dumps(CHROMIUM | {"SyncDisabled": "yes"})).keys() == {"SyncDisabled"}
