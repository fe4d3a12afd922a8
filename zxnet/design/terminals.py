"""OA terminals of a unit (rule `oa-client`)."""

from __future__ import annotations

from uuid import UUID, uuid5

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.plan import Plan
from zxnet.design.vpn import can_take_terminals
from zxnet.inventory.units import Unit

__all__ = ["oa_client"]

NAMESPACE = UUID("6f1c9a52-5a0e-5c1b-9d7c-2f5d3c0a0627")
"""Profile identifiers must never change: uuid5 of the unit's id in this namespace."""

_STRONGSWAN = {
    "aes-256-cbc": "aes256",
    "sha2-256": "sha256",
    "14": "modp2048",
    "19": "ecp256",
    "20": "ecp384",
}


def oa_client(plan: Plan, unit: Unit) -> n.OaClient:
    """What the terminals of a unit need."""
    wish, crypto = plan.county.platform, plan.crypto
    words = (crypto.ike_encryption, crypto.ike_integrity, str(crypto.dh_group))
    proposal = "-".join(_STRONGSWAN[word] for word in words)
    gateways = tuple(
        n.VpnGateway(facility.id, plan.gateway(facility, ""), plan.fqdn(plan.device_of(facility, "vpn").id))
        for facility in (plan.hub, plan.backup)
        if can_take_terminals(_keywords(plan, plan.device_of(facility, "vpn")))
    )
    return n.OaClient(
        rule=rules.OA_CLIENT,
        unit=unit.id,
        name=unit.name,
        name_en=unit.name_en,
        portal_url=wish.portal,
        bookmarks=tuple(n.Bookmark(b.title, b.url) for b in wish.bookmarks),
        domain=wish.domain,
        prefixes=plan.platform,
        proxy=wish.proxy,
        pac_url=wish.pac,
        client_id=f"{unit.id}.terminal.{plan.county.domain}",
        ca_name=wish.ca,
        vpn=gateways,
        crypto=crypto,
        ike_proposal=proposal,
        esp_proposal=proposal,
        uuid=str(uuid5(NAMESPACE, f"{plan.county.code}/{unit.id}")).upper(),
        uuid_vpn=tuple(
            str(uuid5(NAMESPACE, f"{plan.county.code}/{unit.id}/{g.facility}")).upper() for g in gateways
        ),
    )


def _keywords(plan: Plan, entry: object) -> dict[str, str]:
    return plan.keywords(plan.load(entry.platform), entry.release)  # type: ignore[attr-defined]
