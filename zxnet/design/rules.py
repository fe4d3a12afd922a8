"""The design rules by name: what each decides, from which source, reading which values.

Every fact of the Network carries the name of the rule that made it, so `explain` can say why a line is
there. `reads` are the inventory paths the rule depends on: `unit.` the unit, `tier.` its ordered tier,
`county.`, `facility.`, `link.`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    says: str
    source: str
    reads: tuple[str, ...]


RULES: dict[str, Rule] = {}


def _rule(name: str, says: str, source: str, *reads: str) -> str:
    RULES[name] = Rule(name, says, source, reads)
    return name


ACCESS_ADSL = _rule(
    "access-adsl",
    "An ADSL unit dials PPPoE to the POP's BRAS, which gives its account the ledger address; host routes "
    "lead to the VPN gateways and nowhere else.",
    "seed 四(二), 接入方式 1; RFC 2516",
    "unit.order.medium", "county.pppoe", "county.mtu.pppoe", "tier.media",
)  # fmt: skip
ACCESS_FIBRE = _rule(
    "access-fibre",
    "A fibre unit has one 802.1Q VLAN (one more for each private zone) to both county routers.",
    "seed 四(二), 接入方式 1–3",
    "unit.order.medium", "unit.zones", "county.addressing.wan", "county.addressing.vlan", "tier.media",
)  # fmt: skip
RATE = _rule(
    "rate",
    "The CPE shapes to the tier's upstream; the POP polices it and shapes the downstream.",
    "seed 四(二), 接入方式",
    "unit.order.tier", "tier.media",
)  # fmt: skip
TUNNELS = _rule(
    "tunnels",
    "Two IKEv2 route-based tunnels, to the hub's and to the backup site's gateway, where tier or unit "
    "demand encryption.",
    "seed 三(三)5 以密码技术为基础; GB/T 22239-2019 8.1.2.2",
    "tier.media", "unit.encryption", "county.addressing.tunnel_hub", "county.addressing.tunnel_backup",
    "county.domain", "county.mtu.tunnel",
)  # fmt: skip
TRACKED_ROUTES = _rule(
    "tracked-routes",
    "Routes through a tunnel hold only while its far end answers; the hub's are preferred.",
    "design: two paths; seed 三(三)5 冗灾备份",
    "county.platform.prefixes", "county.management.noc", "county.probe", "unit.peers", "unit.lan",
)  # fmt: skip
UNIT_BGP = _rule(
    "unit-bgp",
    "A fibre unit speaks eBGP with BFD to both county routers and announces only its own prefixes.",
    "design: fibre; RFC 7454",
    "county.routing", "county.addressing.unit_asn", "county.platform.prefixes", "county.management.noc",
    "unit.peers", "unit.lan",
)  # fmt: skip
LAN = _rule(
    "lan",
    "The demarcation port is the gateway of the unit's LAN; zxnet configures nothing behind it.",
    "seed 四(二): 只负责接到入户的电信专用信息端点设备",
    "unit.demarcation", "unit.lan", "unit.zones", "county.addressing.lan", "unit.cpe",
)  # fmt: skip
ISOLATION = _rule(
    "isolation",
    "Default deny: a unit reaches the platform, the NOC reaches the unit, units do not reach one another "
    "unless both declare it; sources are checked.",
    "GB/T 22239-2019 8.1.3.1, 8.1.3.2; design: zones",
    "county.platform.prefixes", "county.management.noc", "unit.peers", "unit.lan", "zone.prefixes",
)  # fmt: skip
ZONE = _rule(
    "zone",
    "A private zone is a VRF of its own from the demarcation port to the city PE.",
    "地方电子政务外网技术参考手册 2.4 专用网络区",
    "county.zones", "unit.zones",
)  # fmt: skip
FACILITY_LINKS = _rule(
    "facility-links",
    "OSPF area 0 runs on the links between facilities and nowhere else.",
    "design: routing",
    "links", "county.routing",
)  # fmt: skip
CITY = _rule(
    "city",
    "Both county routers speak eBGP to the city PE; the backup prepends and prefers its paths less.",
    "design: routing; seed 二(二)4 由市统一建成",
    "city", "links", "county.routing", "county.platform.prefixes",
)  # fmt: skip
UNIT_ROUTES = _rule(
    "unit-routes",
    "The gateways redistribute the tracked routes of their units into OSPF, the backup's at a higher metric.",
    "design: routing",
    "county.addressing.lan", "county.addressing.loopback",
)  # fmt: skip
FACILITY_LAN = _rule(
    "facility-lan",
    "A facility's own LAN has a VRRP gateway where it has two legs.",
    "RFC 5798",
    "facility.lans",
)  # fmt: skip
BRAS = _rule(
    "bras",
    "The BRAS gives each account its ledger address and its tier's rate; sessions reach only the gateways.",
    "design: ADSL",
    "county.pppoe", "county.addressing.ppp", "tier.media", "unit.state",
)  # fmt: skip
AGGREGATION = _rule(
    "aggregation",
    "The aggregation carries each circuit's VLANs to both county routers, shaped and policed to the tier.",
    "design: fibre",
    "tier.media", "unit.circuit", "unit.state",
)  # fmt: skip
STORE = _rule(
    "store",
    "The backup site pulls copies of configs, documents and data within the recovery point objective.",
    "seed 三(三)5 建设县级灾难备份中心; GB/T 20988-2025",
    "facility.objectives",
)  # fmt: skip
CRYPTO = _rule(
    "crypto",
    "Every IKE and ESP parameter is stated; none is left to a vendor's default.",
    "GB/T 22239-2019 8.1.2.2; RFC 8247, RFC 8221",
    "county.crypto",
)  # fmt: skip
MANAGEMENT = _rule(
    "management",
    "SSH, SNMPv3, authenticated NTP, remote logging and AAA, from the NOC's prefixes only.",
    "GB/T 22239-2019 8.1.4.1, 8.1.4.3, 8.1.4.4",
    "county.management",
)  # fmt: skip
UNUSED_PORTS = _rule(
    "unused-ports",
    "Ports nobody uses are shut.",
    "GB/T 22239-2019 8.1.4.4 b",
    "unit.cpe", "facility.devices",
)  # fmt: skip
REMOTE_ACCESS = _rule(
    "remote-access",
    "OA terminals away from their office come in by IKEv2 with a certificate, where the platform can.",
    "GW0201-2011 (title), 地方电子政务外网技术参考手册 2.4 安全接入平台",
    "county.addressing.remote", "county.platform",
)  # fmt: skip
OA_CLIENT = _rule(
    "oa-client",
    "Terminals use the platform's portal through its front and nothing else through it.",
    "seed 三(三)3 使用市县提供的统一办公平台",
    "county.platform", "unit.name", "unit.name_en",
)  # fmt: skip
