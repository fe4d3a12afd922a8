"""What the operator's POP, the backup store and the gateways do for others."""

from __future__ import annotations

from dataclasses import dataclass

from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Aggregation", "Dataset", "PppoeAccount", "PppoeServer", "Store", "VlanService"]


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
