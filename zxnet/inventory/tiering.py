"""Which tier each unit requires, which it ordered, and why: the rows of `zxnet tiers`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zxnet.inventory.inventory import Inventory
from zxnet.inventory.tiers import Tier, required_tier
from zxnet.inventory.units import Unit

__all__ = ["TierRow", "below_fibre_goal", "tier_rows"]


@dataclass(frozen=True, slots=True)
class TierRow:
    """One unit: the required tier with its access, the ordered one, the way to the next threshold."""

    unit: Unit
    tier: Tier
    medium: str
    down_kbps: int
    up_kbps: int
    ordered: str | None
    following: Tier | None  # the next tier up

    @property
    def margin(self) -> int | None:
        """How many terminals more until the next tier is required; None in the last tier."""
        return self.following.terminals.min - self.unit.terminals if self.following else None

    @property
    def differs(self) -> bool:
        return self.ordered is not None and self.ordered != self.tier.id

    @property
    def reason(self) -> tuple[str, dict[str, str]]:
        """Message code and parameters of the explanation."""
        span = self.tier.terminals
        params = {
            "terminals": str(self.unit.terminals),
            "span": f"{span.min}–{span.max}" if span.max is not None else f"≥{span.min}",
            "tier": self.tier.id,
            "margin": str(self.margin),
            "following": self.following.id if self.following else "",
            "ordered": str(self.ordered),
        }
        wished = self.unit.medium == self.medium and self.medium != self.tier.media[0].medium
        code = "tiers.reason.wish" if wished else "tiers.reason.plain"
        return code, params


def tier_rows(inventory: Inventory, units: Iterable[str]) -> list[TierRow]:
    """Rows for the named units, in the given order."""
    return [_row(inventory, inventory.units[unit]) for unit in units]


def _row(inventory: Inventory, unit: Unit) -> TierRow:
    tier = required_tier(inventory.tiers, unit.terminals)
    position = inventory.tiers.index(tier)
    access = tier.access(unit.medium or "") or tier.media[0]
    return TierRow(
        unit=unit,
        tier=tier,
        medium=access.medium,
        down_kbps=access.down_kbps,
        up_kbps=access.up_kbps,
        ordered=unit.order.tier if unit.order else None,
        following=inventory.tiers[position + 1] if position + 1 < len(inventory.tiers) else None,
    )


def below_fibre_goal(inventory: Inventory) -> list[Unit]:
    """Connected units still on ADSL when the plan wanted fibre (seed 三(三)1). A report, not an error."""
    if inventory.county.as_of < inventory.county.fibre_goal.by:
        return []
    return [u for u in inventory.units.values() if u.rendered and u.order and u.order.medium == "adsl"]
