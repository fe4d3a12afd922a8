"""Who may talk to whom, with which cryptography, and who may manage it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zxnet.design.network.routing import Action
from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Acl", "AclRule", "Crypto", "Management", "User"]


@dataclass(frozen=True, slots=True)
class AclRule:
    """One line; None stands for any, port 0 for any port. `family` 0 means both."""

    seq: int
    action: Action
    family: int
    protocol: Literal["ip", "tcp", "udp", "icmp", "icmp6", "esp", "ospf", "vrrp"]
    src: Inet | None = None
    dst: Inet | None = None
    sport: int = 0
    dport: int = 0
    log: bool = False


@dataclass(frozen=True, slots=True)
class Acl:
    """A stateless filter that ends in an explicit deny. Linux adds connection tracking on top."""

    rule: str
    name: str  # ZX-LAN-IN
    number: int  # where a platform numbers its ACLs: 3000–3999
    vrf: str  # the zone of the interfaces it guards; "" public
    rules: tuple[AclRule, ...]

    @property
    def rules4(self) -> tuple[AclRule, ...]:
        """What an IPv4 access list holds."""
        return tuple(r for r in self.rules if r.family != 6)

    @property
    def rules6(self) -> tuple[AclRule, ...]:
        return tuple(r for r in self.rules if r.family != 4)


@dataclass(frozen=True, slots=True)
class Crypto:
    """IKE and ESP parameters. Algorithm names are zxnet's; `Device.kw` has the platform's words."""

    rule: str
    profile: Literal["intl", "gm"]
    ike_encryption: str  # aes-256-cbc
    ike_integrity: str  # sha2-256
    ike_prf: str
    dh_group: int  # 14, 19, 20
    ike_lifetime_s: int
    esp_encryption: str
    esp_integrity: str
    esp_lifetime_s: int
    pfs_group: int
    dpd_idle_s: int
    dpd_interval_s: int
    dpd_retries: int

    @property
    def ike_lifetime_min(self) -> int:
        return self.ike_lifetime_s // 60

    @property
    def esp_lifetime_min(self) -> int:
        return self.esp_lifetime_s // 60


@dataclass(frozen=True, slots=True)
class User:
    name: str
    secret: str
    level: Literal["admin", "auditor"]


@dataclass(frozen=True, slots=True)
class Management:
    rule: str
    hostname: str
    banner: FreeText
    source_interface: str  # the loopback
    source: Inet  # its IPv4 address
    timezone_name: str  # BJ
    timezone_hours: int  # 8
    timezone_area: str  # Asia/Shanghai
    noc: tuple[Inet, ...]  # the only prefixes management may come from, both families
    users: tuple[User, ...]
    idle_timeout_min: int
    login_attempts: int
    login_lock_min: int
    tacacs_servers: tuple[Inet, ...]
    tacacs_key: str
    ntp_servers: tuple[Inet, ...]
    ntp_key_id: int
    ntp_key: str
    log_servers: tuple[Inet, ...]
    snmp_user: str
    snmp_group: str
    snmp_auth: str
    snmp_priv: str
    snmp_traps: tuple[Inet, ...]

    @property
    def tacacs4(self) -> tuple[Inet, ...]:
        """The servers an IPv4-only client can reach."""
        return tuple(s for s in self.tacacs_servers if s.family == 4)

    @property
    def idle_timeout_s(self) -> int:
        return self.idle_timeout_min * 60

    @property
    def login_lock_s(self) -> int:
        return self.login_lock_min * 60
