"""Access tiers 接入档次: the file `tiers.yaml`, and which tier a terminal count requires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from zxnet.inventory.fields import Name, Positive, Text
from zxnet.inventory.units import CLOSED, Encryption, Medium
from zxnet.text import FreeText

__all__ = ["Access", "Tier", "TierFile", "required_tier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Terminal counts, both ends included; the last tier has no `max` (以上 includes the number)."""

    __pydantic_config__ = CLOSED

    min: Positive
    max: Positive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What an accepted circuit must reach, measured (domain: 开通验收)."""

    __pydantic_config__ = CLOSED

    rate_percent: Annotated[StrictInt, Field(ge=1, le=100)]
    rtt_ms: Positive
    loss_per_mille: Annotated[StrictInt, Field(ge=0, le=1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One medium of a tier. Rates in kbit/s, the burst in bytes."""

    __pydantic_config__ = CLOSED

    medium: Medium
    down_kbps: Positive
    up_kbps: Positive
    burst_bytes: Positive
    encryption: Annotated[Encryption, Field(description="required: IPsec over this medium.")]
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """Set by the provincial telecom's city branch and the city's IT office (seed 四(二))."""

    __pydantic_config__ = CLOSED

    per: Literal["unit", "terminal"]
    amount: Annotated[Positive | None, Field(description="CNY a month; null: not known here.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A row of the tier table. The first medium is the usual one, further ones are on request."""

    __pydantic_config__ = CLOSED

    id: Name
    name: Text
    terminals: Span
    media: Annotated[tuple[Access, ...], Field(min_length=1)]
    fee: Fee

    def access(self, medium: str) -> Access | None:
        return next((a for a in self.media if a.medium == medium), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierFile:
    """The whole of tiers.yaml, in ascending order of terminals."""

    __pydantic_config__ = CLOSED

    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]


def required_tier(tiers: tuple[Tier, ...], terminals: int) -> Tier:
    """The tier a terminal count requires (seed 四(二): 1–10, 11–30, 31以上).

    Raises ValueError when the table has no row for it; a table that passed `check` always has.
    """
    for tier in tiers:
        if tier.terminals.min <= terminals and (
            tier.terminals.max is None or terminals <= tier.terminals.max
        ):
            return tier
    raise ValueError(f"no tier for {terminals} terminals")


_ = FreeText  # used in annotations that pydantic evaluates
