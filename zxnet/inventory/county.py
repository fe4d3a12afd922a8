"""The county itself: the file `county.yaml`. Everything that is one for the whole network is data here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from zxnet.inet import Inet
from zxnet.inventory.fields import (
    Code,
    Day,
    Domain,
    Flag,
    Host,
    Host4,
    HostPort,
    Lifetime,
    Name,
    Net,
    Net4,
    Net6,
    Number,
    Positive,
    Short,
    Slug,
    Text,
    Url,
)
from zxnet.inventory.units import CLOSED
from zxnet.text import FreeText

__all__ = ["Addressing", "County", "Pool", "Zone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Prefixes cut into equal slots; the ledger gives out slot numbers, the same for both families."""

    __pydantic_config__ = CLOSED

    v4: Net4
    v4_length: Annotated[StrictInt, Field(ge=8, le=32)]
    v6: Net6 | None = None
    v6_length: Annotated[StrictInt, Field(ge=32, le=128)] = 64

    @property
    def slots(self) -> int:
        """How many slots there are: as many as the smaller family has."""
        count = self.v4.subnets(self.v4_length)
        return count if self.v6 is None else min(count, self.v6.subnets(self.v6_length))

    def prefixes(self, slot: int) -> tuple[Inet, Inet | None]:
        """The slot's IPv4 and IPv6 prefix."""
        v6 = self.v6.subnet(self.v6_length, slot) if self.v6 is not None else None
        return self.v4.subnet(self.v4_length, slot), v6


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Numbers from `first` to `last`, both included."""

    __pydantic_config__ = CLOSED

    first: Positive
    last: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """The addressing plan. Pools must not overlap; `check` sees to it."""

    __pydantic_config__ = CLOSED

    families: Annotated[tuple[Literal["ipv4", "ipv6"], ...], Field(min_length=1)]
    lan: Annotated[Pool, Field(description="Unit LANs, one slot a unit and zone.")]
    wan: Annotated[Pool, Field(description="Fibre VLAN subnets: CPE, hub router, backup router.")]
    ppp: Annotated[Pool, Field(description="PPPoE account addresses, /32.")]
    tunnel_hub: Annotated[Pool, Field(description="Tunnel ends towards hub-vpn1, /30.")]
    tunnel_backup: Annotated[Pool, Field(description="The same slots towards backup-vpn1.")]
    loopback: Annotated[Pool, Field(description="Management address of each device, /32.")]
    zone_link: Annotated[Pool, Field(description="Facility links of the private zones, /30.")]
    remote: Annotated[Net4, Field(description="Virtual addresses of OA terminals on the VPN.")]
    remote6: Net6 | None = None
    unit_asn: Annotated[Range, Field(description="Private AS numbers of units with BGP (RFC 6996).")]
    vlan: Annotated[Range, Field(description="802.1Q ids of fibre circuits, per POP.")]
    rest_days: Annotated[Number, Field(description="How long a removed unit's numbers rest before reuse.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bfd:
    __pydantic_config__ = CLOSED

    tx_ms: Annotated[StrictInt, Field(ge=50, le=10000)]
    rx_ms: Annotated[StrictInt, Field(ge=50, le=10000)]
    multiplier: Annotated[StrictInt, Field(ge=2, le=50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    __pydantic_config__ = CLOSED

    asn: Annotated[StrictInt, Field(ge=1, le=4294967294, description="The county's AS number.")]
    keepalive_s: Short
    hold_s: Short
    unit_prefixes: Annotated[Positive, Field(description="Most prefixes a unit may announce.")]
    city_prefixes: Annotated[Positive, Field(description="Most prefixes the city may announce.")]
    ospf_hello_s: Short
    ospf_dead_s: Short
    ospf_cost: Short
    bfd: Bfd


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """ICMP probes behind the tracked routes of tunnels."""

    __pydantic_config__ = CLOSED

    interval_s: Short
    timeout_ms: Short
    losses: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class CryptoPlan:
    """`intl`: IKEv2, AES, SHA-2; `gm`: national algorithms, refused until a template is verified."""

    __pydantic_config__ = CLOSED

    profile: Literal["intl", "gm"]
    encryption: Literal["aes-256-cbc"]
    integrity: Literal["sha2-256"]
    dh_group: Literal[14, 19, 20]
    ike_lifetime_s: Lifetime
    esp_lifetime_s: Lifetime
    dpd_idle_s: Short
    dpd_interval_s: Short
    dpd_retries: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class Mtu:
    """Bytes. PPPoE takes 8 of 1500 (RFC 2516); the tunnel MTU leaves room for ESP in PPPoE."""

    __pydantic_config__ = CLOSED

    ethernet: Annotated[StrictInt, Field(ge=1280, le=9216)]
    pppoe: Annotated[StrictInt, Field(ge=1280, le=1500)]
    tunnel: Annotated[StrictInt, Field(ge=1280, le=1500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserEntry:
    __pydantic_config__ = CLOSED

    name: Name
    level: Literal["admin", "auditor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ntp:
    __pydantic_config__ = CLOSED

    servers: Annotated[tuple[Host, ...], Field(min_length=1)]
    key_id: Annotated[StrictInt, Field(ge=1, le=65535)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snmp:
    __pydantic_config__ = CLOSED

    user: Name
    group: Name
    traps: tuple[Host, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timezone:
    __pydantic_config__ = CLOSED

    name: Name
    hours: Annotated[StrictInt, Field(ge=-12, le=14)]
    area: Annotated[str, Field(pattern=r"^[A-Za-z]+/[A-Za-z_]+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementPlan:
    """How devices are reached and watched. Clauses: GB/T 22239-2019 8.1.4.1, 8.1.4.3, 8.1.4.4."""

    __pydantic_config__ = CLOSED

    noc: Annotated[
        tuple[Net, ...], Field(min_length=1, description="The only prefixes management may come from.")
    ]
    users: Annotated[tuple[UserEntry, ...], Field(min_length=1)]
    idle_timeout_min: Annotated[StrictInt, Field(ge=1, le=10)]
    login_attempts: Annotated[StrictInt, Field(ge=1, le=5)]
    login_lock_min: Short
    banner: Text
    timezone: Timezone
    tacacs: tuple[Host, ...]
    ntp: Ntp
    log: Annotated[tuple[Host, ...], Field(min_length=1)]
    snmp: Snmp


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneGateways:
    """Addresses where tunnels of the zone end.

    One pair a zone, because most platforms allow only one tunnel between the same two addresses.
    """

    __pydantic_config__ = CLOSED

    hub: Host4
    backup: Host4


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A private zone 专用网络区, carried as VRF-lite end to end (地方电子政务外网技术参考手册 2.4)."""

    __pydantic_config__ = CLOSED

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,7}$", description="2–8 characters: a VRF name.")]
    name: Text
    name_en: Text
    number: Annotated[
        StrictInt, Field(ge=10, le=99, description="Route distinguisher, table and process number.")
    ]
    vlan: Annotated[
        StrictInt, Field(ge=2, le=4094, description="Tag of the zone on facility and city links.")
    ]
    prefixes: Annotated[
        tuple[Net, ...], Field(min_length=1, description="The zone's servers, reached through the city.")
    ]
    gateways: ZoneGateways


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkEntry:
    __pydantic_config__ = CLOSED

    title: Text
    url: Url


@dataclass(frozen=True, slots=True, kw_only=True)
class CityPlatform:
    """The city's shared platform, as the county sees it."""

    __pydantic_config__ = CLOSED

    prefixes: Annotated[tuple[Net, ...], Field(min_length=1)]
    domain: Domain
    portal: Url
    proxy: HostPort
    pac: Url
    ca: Annotated[Name, Field(description="Common name of the CA of client certificates.")]
    bookmarks: tuple[BookmarkEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pppoe:
    __pydantic_config__ = CLOSED

    realm: Annotated[Name, Field(description="Accounts are <unit>@<realm>.")]
    service: Name
    lcp_echo_interval_s: Short
    lcp_echo_failure: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreGoal:
    """Seed 三(三)1: 县直各部门、各乡镇采用光纤网络连通, by the end of 2008. Reported, never enforced."""

    __pydantic_config__ = CLOSED

    by: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """The whole of county.yaml."""

    __pydantic_config__ = CLOSED

    name: Text
    name_en: Text
    code: Code
    as_of: Annotated[Day, Field(description='The only "today" zxnet knows.')]
    synthetic: Annotated[Flag, Field(description="true: the figures are examples, not measurements.")]
    townships: Annotated[Number, Field(description="How many townships there must be (seed: 28).")]
    domain: Annotated[Domain, Field(description="Identities of devices: <device>.<domain>.")]
    fibre_goal: FibreGoal
    addressing: Addressing
    routing: Routing
    probe: Probe
    crypto: CryptoPlan
    mtu: Mtu
    pppoe: Pppoe
    management: ManagementPlan
    platform: CityPlatform
    zones: tuple[Zone, ...] = ()


_ = (Inet, FreeText, date, Slug)  # used in annotations that pydantic evaluates
