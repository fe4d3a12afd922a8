"""Filters (rule `isolation`): small builders that number their lines and end in a logged deny."""

from __future__ import annotations

from collections.abc import Iterable

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.inet import Inet

__all__ = ["BFD_PORTS", "BGP_PORT", "IKE_PORTS", "AclBuilder", "number"]

BGP_PORT = 179
BFD_PORTS = (3784, 3785)
IKE_PORTS = (500, 4500)

_OFFSETS = {"LAN-IN": 0, "WAN-IN": 1, "TUNNEL-IN": 2, "CITY-IN": 3, "UNIT-IN": 4, "NOC-IN": 5}


def number(purpose: str, zone_number: int) -> int:
    """ACL number where a platform wants one: 3000–3005, and 3xx0–3xx5 for private zone xx."""
    return 3000 + zone_number * 10 + _OFFSETS[purpose]


class AclBuilder:
    """Collects permits; `build` adds the final deny. Only rules of one family are combined."""

    def __init__(self, purpose: str, zone: str = "", zone_number: int = 0) -> None:
        self.name = f"ZX-{purpose}-{zone}" if zone else f"ZX-{purpose}"
        self.number = number(purpose, zone_number)
        self.zone = zone
        self.rules: list[n.AclRule] = []

    def _add(
        self,
        action: n.Action,
        protocol: str,
        family: int,
        src: Inet | None,
        dst: Inet | None,
        sport: int = 0,
        dport: int = 0,
        *,
        log: bool = False,
    ) -> None:
        seq = 10 * (len(self.rules) + 1)
        self.rules.append(
            n.AclRule(seq, action, family, protocol, src, dst, sport, dport, log)  # type: ignore[arg-type]
        )

    def permit(self, sources: Iterable[Inet], destinations: Iterable[Inet]) -> AclBuilder:
        """All IP from each source to each destination of the same family."""
        targets = tuple(destinations)
        for src in sources:
            for dst in targets:
                if src.family == dst.family:
                    self._add("permit", "ip", src.family, src, dst)
        return self

    def permit_from(self, sources: Iterable[Inet]) -> AclBuilder:
        for src in sources:
            self._add("permit", "ip", src.family, src, None)
        return self

    def routing(self, sources: Iterable[Inet]) -> AclBuilder:
        """BGP both ways, BFD and ICMP from these neighbours."""
        for src in sources:
            self._add("permit", "tcp", src.family, src, None, dport=BGP_PORT)
            self._add("permit", "tcp", src.family, src, None, sport=BGP_PORT)
            for port in BFD_PORTS:
                self._add("permit", "udp", src.family, src, None, dport=port)
        return self.ping(sources)

    def ping(self, sources: Iterable[Inet], destinations: Iterable[Inet] = ()) -> AclBuilder:
        """ICMP; for IPv6 neighbour discovery is ICMP too."""
        targets = tuple(destinations)
        for src in sources:
            protocol = "icmp" if src.family == 4 else "icmp6"
            own: list[Inet | None] = [d for d in targets if d.family == src.family]
            for dst in own or [None]:
                self._add("permit", protocol, src.family, src, dst)
        return self

    def ipsec(
        self, sources: Iterable[Inet | None], destinations: Iterable[Inet | None] = (None,)
    ) -> AclBuilder:
        """IKE and ESP; None is anywhere."""
        targets = tuple(destinations)
        for src in sources:
            for dst in targets:
                for port in IKE_PORTS:
                    self._add("permit", "udp", 4, src, dst, dport=port)
                self._add("permit", "esp", 4, src, dst)
        return self

    def vrrp(self, sources: Iterable[Inet]) -> AclBuilder:
        for src in sources:
            self._add("permit", "vrrp", src.family, src, None)
        return self

    def build(self) -> n.Acl:
        self._add("deny", "ip", 0, None, None, log=True)
        return n.Acl(rules.ISOLATION, self.name, self.number, self.zone, tuple(self.rules))
