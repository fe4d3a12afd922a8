"""Interfaces of a device and what stands on them: tunnels, PPPoE, VRRP, private zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zxnet.inet import Inet
from zxnet.text import FreeText

__all__ = ["Bfd", "Interface", "PppClient", "Tunnel", "Vrf", "VrrpGroup"]


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
    bfd: Bfd | None = None  # timers of the sessions that run over it, where they belong to the interface


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
