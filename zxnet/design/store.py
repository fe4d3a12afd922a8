"""The backup store: a host at the backup site that pulls copies (rule `store`)."""

from __future__ import annotations

from dataclasses import dataclass

from zxnet.design import network as n
from zxnet.design import rules
from zxnet.design.acls import AclBuilder
from zxnet.design.facility import Base
from zxnet.design.management import management
from zxnet.design.routing import static
from zxnet.text import FreeText

__all__ = ["Store"]


@dataclass(frozen=True)
class Store(Base):
    def device(self) -> n.Device:
        plan, entry = self.plan, self.entry
        lan, member = self.lans[0]
        interface = self.lan_interfaces()[0]
        assert interface.v4 is not None
        gateway = (lan.gateway4 or lan.prefix4.at(1)).ip
        wish = self.facility.objectives
        assert wish is not None  # check: the backup site states its objectives
        return n.Device(
            id=entry.id,
            owner=self.facility.id,
            function="store",
            role="backup",
            platform=entry.platform,
            model=entry.model,
            release=entry.release,
            kw=self.kw,
            families=plan.families,
            management=management(plan, entry.id, member.port, interface.v4.host),
            interfaces=self.with_unused(interface),
            routes=tuple(
                static(rules.STORE, prefix, next_hop=gateway, description=FreeText("centre"))
                for prefix in (*plan.platform, *plan.noc)
                if prefix.family == 4 and not prefix.overlaps(lan.prefix4)
            ),
            acls=(AclBuilder("NOC-IN").permit_from(plan.noc).build(),),
            store=n.Store(
                rule=rules.STORE,
                rto_min=wish.rto_min,
                rpo_min=wish.rpo_min,
                nro_s=wish.nro_s,
                datasets=tuple(
                    n.Dataset(
                        id=entry.id,
                        title=entry.title,
                        source_host=entry.host,
                        source_path=entry.path,
                        target_path=f"/srv/zxnet/{entry.id}",
                        interval_min=entry.interval_min,
                        keep_days=entry.keep_days,
                        rpo_min=wish.rpo_min,
                    )
                    for entry in wish.datasets
                ),
            ),
        )
