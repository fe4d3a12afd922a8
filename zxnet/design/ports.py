"""Ports of a box that nothing uses (rule `unused-ports`)."""

from __future__ import annotations

from collections.abc import Iterable

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.platforms.catalog import Platform
from zxnet.text import FreeText

__all__ = ["unused_ports"]

DESCRIPTION = FreeText("unused")


def unused_ports(platform: Platform, model: str, used: Iterable[n.Interface], mtu: int) -> list[n.Interface]:
    """The model's ports that none of the interfaces uses, to be shut."""
    taken = {name for interface in used for name in (interface.name, interface.parent)}
    return [
        n.Interface(
            rule=rules.UNUSED_PORTS,
            name=port,
            kind="ethernet",
            purpose="unused",
            description=DESCRIPTION,
            mtu=mtu,
            enabled=False,
        )
        for port in platform.models[model].ports
        if port not in taken
    ]
