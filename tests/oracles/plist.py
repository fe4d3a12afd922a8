"""Apple configuration profiles: a property list whose parts are complete and refer to one another.

Nobody but Apple can say that a profile installs. What is checked is what Apple's reference requires
(developer.apple.com/documentation/devicemanagement: TopLevel, CommonPayloadKeys, VPN.IKEv2).
"""

import plistlib
import uuid
from typing import Any

_COMMON = {"PayloadType": str, "PayloadVersion": int, "PayloadIdentifier": str, "PayloadUUID": str}
_CERTIFICATES = {"com.apple.security.root", "com.apple.security.pkcs12"}
_IKE = (
    "RemoteAddress",
    "RemoteIdentifier",
    "LocalIdentifier",
    "AuthenticationMethod",
    "PayloadCertificateUUID",
)
_ENCRYPTION = {"AES-256", "AES-128", "AES-256-GCM", "AES-128-GCM", "ChaCha20Poly1305"}
_INTEGRITY = {"SHA2-256", "SHA2-384", "SHA2-512"}
_GROUPS = {14, 15, 16, 17, 18, 19, 20, 21, 31, 32}


def check(text: str) -> str | None:
    """What is wrong with a .mobileconfig, or None."""
    try:
        profile = plistlib.loads(text.encode(), fmt=plistlib.FMT_XML)
    except Exception as error:  # noqa: BLE001 - expat's and plistlib's errors have no common base
        return f"not a property list: {error}"
    payloads = [profile, *profile.get("PayloadContent", [])]
    return next(filter(None, (*map(_common, payloads), *map(_own, payloads[1:]))), None) or _references(
        payloads
    )


def _references(payloads: list[dict[str, Any]]) -> str | None:
    for key in ("PayloadUUID", "PayloadIdentifier"):
        if len({payload.get(key) for payload in payloads}) != len(payloads):
            return f"{key} is not unique"
    identities = {p["PayloadUUID"] for p in payloads if p["PayloadType"] == "com.apple.security.pkcs12"}
    if {p["IKEv2"]["PayloadCertificateUUID"] for p in payloads if "IKEv2" in p} - identities:
        return "PayloadCertificateUUID names no identity of this profile"
    return None


def _common(payload: dict[str, Any]) -> str | None:
    for key, kind in _COMMON.items():
        if not isinstance(payload.get(key), kind):
            return f"{payload.get('PayloadIdentifier')}: {key} is missing or no {kind.__name__}"
    try:
        uuid.UUID(payload["PayloadUUID"])
    except ValueError:
        return f"{payload['PayloadIdentifier']}: PayloadUUID is no UUID"
    return None


def _own(payload: dict[str, Any]) -> str | None:
    """What a payload of its type lacks."""
    kind, problem = payload.get("PayloadType"), None
    if kind in _CERTIFICATES and not isinstance(payload.get("PayloadContent"), bytes):
        problem = "holds no data"
    if kind == "com.apple.vpn.managed":
        problem = _vpn(payload)
    return problem and f"{payload.get('PayloadIdentifier')}: {problem}"


def _vpn(payload: dict[str, Any]) -> str | None:
    if payload.get("VPNType") != "IKEv2" or not payload.get("UserDefinedName"):
        return "VPNType or UserDefinedName is missing"
    ike = payload.get("IKEv2", {})
    for key in _IKE:
        if not isinstance(ike.get(key), str) or not ike[key]:
            return f"{key} is missing"
    for name in ("IKESecurityAssociationParameters", "ChildSecurityAssociationParameters"):
        sa = ike.get(name, {})
        if sa.get("EncryptionAlgorithm") not in _ENCRYPTION or sa.get("IntegrityAlgorithm") not in _INTEGRITY:
            return f"{name}: unknown algorithm"
        if sa.get("DiffieHellmanGroup") not in _GROUPS:
            return f"{name}: unknown Diffie-Hellman group"
        if not 10 <= sa.get("LifeTimeInMinutes", 0) <= 1440:
            return f"{name}: LifeTimeInMinutes is not within 10–1440"
    return None
