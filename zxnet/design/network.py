"""The Network: what each device must do, as facts in no vendor's syntax.

`design` fills these frozen dataclasses, templates print them. Every fact carries `rule`, the name of
the design rule that made it (`zxnet.design.rules`); the rule knows its source and which inventory
values it read. Units are in the names (`_kbps`, `_s`, `_ms`, `_bytes`). Interface names are already
the platform's own; so are crypto keywords in `Device.kw`. `vrf` is "" for the public zone.

Empty means "not on this device": `None`, "" or an empty tuple. Nothing here is optional by accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid5

from zxnet.inet import Inet
from zxnet.text import FreeText

Action = Literal["permit", "deny"]
Function = Literal["cpe", "router", "vpn", "bras", "agg", "store"]
Role = Literal["cpe", "router", "vpn", "backup", "oa-client"]


# --- interfaces -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bfd:
    """Asynchronous mode, single hop."""

    tx_ms: int
    rx_ms: int
    multiplier: int


@dataclass(frozen=True, slots=True)
class Tunnel:
    """One end of a route-based IKEv2 tunnel; the interface that carries it is `Interface.tunnel`.

    `number` is unique on the device; `tag` (`zx101`) is short enough for every platform's name
    limits and names the IKE peer, keyring, profile and so on of this tunnel.
    """

    number: int
    tag: str
    peer: str  # device id of the other end
    unit: str
    zone: str  # "" for the public zone
    source_interface: str
    source: Inet  # own outer address, /32
    destination: Inet  # the peer's outer address, /32
    local_id: str  # FQDN identities
    remote_id: str
    psk: str  # versioned reference, <secret:…@N>
    initiator: bool  # True at the CPE


@dataclass(frozen=True, slots=True)
class Interface:
    rule: str
    name: str
    kind: Literal["loopback", "ethernet", "vlan", "ppp", "tunnel"]
    purpose: Literal["management", "wan", "lan", "core", "city", "unit", "noc", "access", "trunk", "unused"]
    description: FreeText
    parent: str = ""  # kind vlan: the physical port
    vlan: int = 0  # 802.1Q id; 0 = untagged
    vrf: str = ""
    v4: Inet | None = None
    v6: Inet | None = None
    mtu: int = 1500
    mss4: int = 0  # TCP MSS clamp, bytes; 0 = none
    mss6: int = 0
    enabled: bool = True
    pppoe_pool: int = 0  # physical port: number of the PPPoE client (dialer) it carries
    tunnel: Tunnel | None = None
    acl_in: str = ""  # name of an Acl of this device
    acl_in_number: int = 0
    anti_spoof: bool = False  # strict reverse-path check on what enters here
    shape_kbps: int = 0  # egress shaper
    shape_burst_bytes: int = 0
    police_kbps: int = 0  # ingress policer
    police_burst_bytes: int = 0


@dataclass(frozen=True, slots=True)
class PppClient:
    """PPPoE client; `interface` is the ppp/dialer interface, `port` the Ethernet port under it."""

    rule: str
    pool: int
    interface: str
    port: str
    account: str
    secret: str
    service: str
    lcp_echo_interval_s: int
    lcp_echo_failure: int


@dataclass(frozen=True, slots=True)
class VrrpGroup:
    rule: str
    interface: str
    vrid: int
    virtual: Inet  # virtual gateway address, with the LAN's length
    priority: int
    advert_ms: int
    preempt_delay_s: int

    @property
    def advert_s(self) -> int:
        """In whole seconds, rounded up: all that VRRPv2 can say."""
        return -(-self.advert_ms // 1000)


@dataclass(frozen=True, slots=True)
class Vrf:
    """A private zone 专用网络区 on this device."""

    rule: str
    name: str
    description: FreeText
    rd: str  # 64530:20
    table: int  # Linux routing table


# --- routing ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Probe:
    """An ICMP probe whose result a static route follows."""

    rule: str
    number: int
    tag: str  # test name, e.g. zx101
    vrf: str
    source_interface: str
    source: Inet
    destination: Inet
    interval_s: int
    timeout_ms: int
    losses: int  # consecutive losses until it counts as down

    @property
    def interval_ms(self) -> int:
        return self.interval_s * 1000

    @property
    def timeout_s(self) -> int:
        """In whole seconds, rounded up."""
        return -(-self.timeout_ms // 1000)

    @property
    def confirm_s(self) -> int:
        """From the first loss to the last of `losses`, for platforms that count seconds instead."""
        return self.interval_s * (self.losses - 1)


@dataclass(frozen=True, slots=True)
class StaticRoute:
    rule: str
    vrf: str
    prefix: Inet
    interface: str  # "" when only a next hop is given
    next_hop: str  # "" when only an interface is given
    distance: int  # 1–255
    tag: int  # 0 = none
    probe: Probe | None
    discard: bool  # blackhole
    description: FreeText


@dataclass(frozen=True, slots=True)
class PrefixRule:
    seq: int
    action: Action
    prefix: Inet
    le: int = 0  # 0 = exact length


@dataclass(frozen=True, slots=True)
class PrefixList:
    rule: str
    name: str
    family: int
    rules: tuple[PrefixRule, ...]


@dataclass(frozen=True, slots=True)
class RouteMapEntry:
    """Permit what `match` (a PrefixList name; "" = everything) covers, and set the rest."""

    seq: int
    match: str = ""
    match6: str = ""
    local_preference: int = 0
    metric: int = 0
    prepend: int = 0  # how many times `asn` is prepended
    asn: int = 0


@dataclass(frozen=True, slots=True)
class RouteMap:
    rule: str
    name: str
    entries: tuple[RouteMapEntry, ...]  # what no entry matches is denied


@dataclass(frozen=True, slots=True)
class BgpNeighbor:
    rule: str
    address: Inet  # /32 or /128
    remote_asn: int
    description: FreeText
    local: Inet  # own address of the session
    source_interface: str
    internal: bool  # iBGP: update-source and next-hop-self apply
    bfd: Bfd | None
    password: str  # secret reference, "" = none (external neighbour without one)
    import_list: str  # PrefixList names
    export_list: str
    import_map: str  # RouteMap names
    export_map: str
    max_prefixes: int
    keepalive_s: int
    hold_s: int
    enabled: bool  # False: administratively shut (unit suspended)


@dataclass(frozen=True, slots=True)
class Redistribute:
    source: Literal["static", "connected", "bgp", "ospf"]
    route_map: str
    metric: int = 0


@dataclass(frozen=True, slots=True)
class BgpInstance:
    """The BGP of one zone; the public one has vrf ""."""

    vrf: str
    router_id: str
    neighbors: tuple[BgpNeighbor, ...]
    networks: tuple[Inet, ...]  # both families
    redistribute: tuple[Redistribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Bgp:
    rule: str
    asn: int
    router_id: str
    instances: tuple[BgpInstance, ...]  # public first
    distance_ebgp: int = 20
    distance_ibgp: int = 200
    distance_local: int = 200


@dataclass(frozen=True, slots=True)
class OspfInterface:
    name: str
    network: Inet  # IPv4 network of the interface
    cost: int
    passive: bool
    hello_s: int
    dead_s: int
    key_id: int
    key: str  # secret reference; "" on passive interfaces
    bfd: Bfd | None


@dataclass(frozen=True, slots=True)
class Ospf:
    """One process of one zone; always area 0, point-to-point between facilities."""

    rule: str
    process: int
    vrf: str
    router_id: str
    interfaces: tuple[OspfInterface, ...]
    interfaces6: tuple[OspfInterface, ...]  # OSPFv3: the same with IPv6 networks
    redistribute: tuple[Redistribute, ...]


# --- policy -----------------------------------------------------------------------------------


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
    rules: tuple[AclRule, ...]

    @property
    def rules4(self) -> tuple[AclRule, ...]:
        """What an IPv4 access list holds."""
        return tuple(r for r in self.rules if r.family != 6)

    @property
    def rules6(self) -> tuple[AclRule, ...]:
        return tuple(r for r in self.rules if r.family != 4)


# --- crypto, management -----------------------------------------------------------------------


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
    def idle_timeout_s(self) -> int:
        return self.idle_timeout_min * 60

    @property
    def login_lock_s(self) -> int:
        return self.login_lock_min * 60


# --- operator's POP and the backup store ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PppoeAccount:
    account: str
    secret: str
    unit: str
    address: Inet  # its ledger address, /32
    down_kbps: int
    up_kbps: int
    burst_bytes: int
    enabled: bool  # False: suspended, the account may not log in


@dataclass(frozen=True, slots=True)
class PppoeServer:
    rule: str
    interface: str
    service: str
    name: str  # access concentrator name
    local: Inet  # the server's own end of every session, /32
    pool: Inet  # all account addresses
    mtu: int
    lcp_echo_interval_s: int
    lcp_echo_failure: int
    gateways: tuple[Inet, ...]  # the only hosts sessions may reach: the VPN gateways
    accounts: tuple[PppoeAccount, ...]


@dataclass(frozen=True, slots=True)
class VlanService:
    """One fibre circuit (unit and zone) on the aggregation: carried, shaped, policed."""

    vlan: int
    unit: str
    zone: str
    circuit: str
    down_kbps: int
    up_kbps: int
    burst_bytes: int
    enabled: bool
    shared_class: str = ""  # hexadecimal tc class: all zones of a unit share its rate
    leads: bool = True  # the first VLAN of the unit: the one that makes the class

    @property
    def policer(self) -> int:
        """Index of the shared policer: the class again, in decimal, as tc writes action indices."""
        return int(self.shared_class, 16)


@dataclass(frozen=True, slots=True)
class Aggregation:
    rule: str
    bridge: str
    access_port: str  # towards the OLT: one VLAN per service
    trunks: tuple[str, ...]  # towards hub and backup routers
    services: tuple[VlanService, ...]

    @property
    def ports(self) -> tuple[str, ...]:
        """All ports of the bridge, the access port first."""
        return (self.access_port, *self.trunks)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A copy the backup store keeps."""

    id: str
    title: FreeText
    source_host: Inet
    source_path: str
    target_path: str
    interval_min: int  # ≤ RPO
    keep_days: int
    rpo_min: int


@dataclass(frozen=True, slots=True)
class Store:
    """GB/T 20988-2025 objectives: RTO, RPO; NRO is the e-government cloud standards' network RTO."""

    rule: str
    rto_min: int
    rpo_min: int
    nro_s: int
    datasets: tuple[Dataset, ...]


# --- terminals --------------------------------------------------------------------------------


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


# --- the device -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Device:
    """One managed box with everything its templates print."""

    id: str
    owner: str  # unit or facility id
    function: Function
    role: Role
    platform: str
    model: str
    release: str
    kw: dict[str, str]  # keyword variants of this platform, model and release
    families: tuple[int, ...]  # (4,) or (4, 6)
    management: Management
    interfaces: tuple[Interface, ...]  # loopback, WAN, LAN, … in the order to configure them
    vrfs: tuple[Vrf, ...] = ()
    ppp: PppClient | None = None
    crypto: Crypto | None = None
    probes: tuple[Probe, ...] = ()
    routes: tuple[StaticRoute, ...] = ()
    prefix_lists: tuple[PrefixList, ...] = ()
    route_maps: tuple[RouteMap, ...] = ()
    bgp: Bgp | None = None
    ospf: tuple[Ospf, ...] = ()
    vrrp: tuple[VrrpGroup, ...] = ()
    acls: tuple[Acl, ...] = ()
    pppoe_server: PppoeServer | None = None
    aggregation: Aggregation | None = None
    store: Store | None = None
    remote_access: RemoteAccess | None = None

    @property
    def tunnels(self) -> tuple[Interface, ...]:
        """The interfaces that carry a tunnel."""
        return tuple(i for i in self.interfaces if i.tunnel)

    @property
    def shaped(self) -> tuple[Interface, ...]:
        """The interfaces that are always there and have a shaper or policer of their own."""
        return tuple(i for i in self.interfaces if i.kind != "ppp" and (i.shape_kbps or i.police_kbps))

    @property
    def bfd(self) -> tuple[Bfd, ...]:
        """The sets of BFD timers in use, each once."""
        neighbors = (x.bfd for i in self.bgp.instances for x in i.neighbors) if self.bgp else ()
        links = (x.bfd for o in self.ospf for x in (*o.interfaces, *o.interfaces6))
        return tuple(dict.fromkeys(b for b in (*neighbors, *links) if b))
