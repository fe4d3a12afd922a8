"""OA terminals: what they are given, and how they come in from outside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from zxnet.design.network.policy import Crypto
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Bookmark", "OaClient", "RemoteAccess", "VpnGateway"]


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """IKEv2 for OA terminals away from their office: certificates only, addresses from `pool`."""

    rule: str
    local_id: str
    pool: Inet
    pool6: Inet | None
    reach: tuple[Inet, ...]  # what a client may talk to
    ca_file: str


@dataclass(frozen=True, slots=True)
class VpnGateway:
    facility: str  # hub, backup
    address: Inet
    identity: str  # FQDN in its certificate


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: FreeText
    url: str


@dataclass(frozen=True, slots=True)
class OaClient:
    """What a unit's terminals need: browser policies, PAC, VPN profile, trust anchor."""

    rule: str
    unit: str
    name: FreeText  # 乌峰镇
    name_en: FreeText
    portal_url: str
    bookmarks: tuple[Bookmark, ...]
    domain: str  # egov.zhaotong.example: the platform's DNS domain
    prefixes: tuple[Inet, ...]  # the platform's networks
    proxy: str  # host:port of the platform front; everything else goes DIRECT
    pac_url: str
    client_id: str  # FQDN identity of the unit's client certificate
    ca_name: str  # common name of the county CA that issues client certificates
    vpn: tuple[VpnGateway, ...]  # preferred first
    crypto: Crypto
    ike_proposal: str  # in strongSwan's words: aes256-sha256-modp2048
    esp_proposal: str
    uuid: str  # stable, from the unit's id: profile identifiers
    uuid_vpn: tuple[str, ...]  # one per gateway

    @property
    def uuid_ca(self) -> str:
        """Identifies the profile's part that holds the CA certificate."""
        return str(uuid5(UUID(self.uuid), "ca")).upper()

    @property
    def uuid_identity(self) -> str:
        """Identifies the profile's part that holds the terminal's own certificate."""
        return str(uuid5(UUID(self.uuid), "identity")).upper()

    @property
    def prefixes4(self) -> tuple[Inet, ...]:
        return tuple(p for p in self.prefixes if p.family == 4)

    @property
    def prefixes6(self) -> tuple[Inet, ...]:
        return tuple(p for p in self.prefixes if p.family == 6)
