"""Management facts of a device (rule `management`)."""

from __future__ import annotations

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.plan import Plan
from zxnet.inet import Inet

__all__ = ["management"]


def management(
    plan: Plan, device: str, interface: str, source: Inet, *, local: tuple[Inet, ...] = ()
) -> n.Management:
    """How `device` is managed, from the address `source` on `interface`; `local` adds management prefixes."""
    wish = plan.county.management
    secret = plan.given.secret
    return n.Management(
        rule=rules.MANAGEMENT,
        hostname=device,
        banner=wish.banner,
        source_interface=interface,
        source=source,
        timezone_name=wish.timezone.name,
        timezone_hours=wish.timezone.hours,
        timezone_area=wish.timezone.area,
        noc=(*plan.noc, *local),
        users=tuple(n.User(u.name, secret(f"device/{device}/user/{u.name}"), u.level) for u in wish.users),
        idle_timeout_min=wish.idle_timeout_min,
        login_attempts=wish.login_attempts,
        login_lock_min=wish.login_lock_min,
        tacacs_servers=wish.tacacs,
        tacacs_key=secret(f"device/{device}/tacacs"),
        ntp_servers=wish.ntp.servers,
        ntp_key_id=wish.ntp.key_id,
        ntp_key=secret("county/ntp"),
        log_servers=wish.log,
        snmp_user=wish.snmp.user,
        snmp_group=wish.snmp.group,
        snmp_auth=secret(f"device/{device}/snmp-auth"),
        snmp_priv=secret(f"device/{device}/snmp-priv"),
        snmp_traps=wish.snmp.traps,
    )
