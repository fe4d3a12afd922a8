"""Units 接入单位: the files `townships.yaml` and `departments.yaml`, as frozen dataclasses.

The same declarations validate (pydantic), make the JSON Schema and are the Inventory: a field is
described once. Sources: the seed 镇办通〔2008〕52号 by clause, DB34/T 3607-2020 for the user classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from zxnet.inet import Inet
from zxnet.inventory.fields import (
    Code,
    Day,
    Model,
    Name,
    Net4,
    Number,
    Port,
    Positive,
    Post,
    Reference,
    Slug,
    Text,
)
from zxnet.text import FreeText

__all__ = ["Kind", "Medium", "State", "Unit", "UnitDevice"]

Kind = Literal["township", "department"]
State = Literal["planned", "ordered", "in_service", "suspended", "withdrawn"]
Medium = Literal["adsl", "fibre"]
Authority = Literal["operator", "centre"]
Handoff = Literal["gateway", "routed"]
UserClass = Literal["A", "B", "C", "D", "E", "F"]
Encryption = Literal["none", "required"]

CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the unit has ordered from the operator: this is what is rendered."""

    __pydantic_config__ = CLOSED

    tier: Annotated[Name, Field(description="A tier id of tiers.yaml.")]
    medium: Annotated[Medium, Field(description="adsl or fibre (seed 四(二), 接入方式).")]
    number: Annotated[Reference, Field(description="The operator's order number.")]
    date: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """租赁手续: each unit leases for itself (seed 四(二))."""

    __pydantic_config__ = CLOSED

    number: Reference
    date: Day
    until: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Posts 岗位, never persons (seed 六: a responsible leader and a qualified technician)."""

    __pydantic_config__ = CLOSED

    responsible: Post
    technician: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """保密审查: the extranet is for unclassified units only (seed 二(二)4 and 三(三)5)."""

    __pydantic_config__ = CLOSED

    number: Reference
    date: Day
    result: Annotated[
        Literal["unclassified", "classified"],
        Field(description="unclassified 非涉密, or classified 涉密, which is refused."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """应用培训 (seed 五, first phase)."""

    __pydantic_config__ = CLOSED

    date: Day
    people: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Demarcation:
    """分界点: the port up to which zxnet configures (seed 四(二): 入户的电信专用信息端点设备)."""

    __pydantic_config__ = CLOSED

    port: Annotated[Port | None, Field(description="LAN port of the CPE; the model's own by default.")] = None
    place: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lan:
    """How the unit's LAN is handed over."""

    __pydantic_config__ = CLOSED

    handoff: Annotated[
        Handoff,
        Field(
            description="gateway: the CPE is the LAN's gateway. routed: the ledger's LAN is the transfer "
            "network, the unit's own router is its second address and `prefix4` lies behind it."
        ),
    ] = "gateway"
    prefix4: Annotated[
        Net4 | None, Field(description="The unit's own IPv4 prefix instead of a ledger one.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneMember:
    """Membership in a private zone 专用网络区."""

    __pydantic_config__ = CLOSED

    zone: Name
    vlan: Annotated[
        StrictInt, Field(ge=2, le=4094, description="802.1Q tag of the zone on the demarcation port.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDevice:
    """The CPE in the unit's building."""

    __pydantic_config__ = CLOSED

    platform: Name
    model: Model
    release: Model
    serial: Reference | None = None
    authority: Annotated[Authority, Field(description="Who configures it: operator or centre.")] = "operator"
    wan: Annotated[Port | None, Field(description="WAN port; the model's own by default.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When the unit reached each state."""

    __pydantic_config__ = CLOSED

    planned: Day
    ordered: Day | None = None
    in_service: Day | None = None
    suspended: Day | None = None
    withdrawn: Day | None = None

    def reached(self, state: State) -> date | None:
        return getattr(self, state)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A township or county department that rents access."""

    __pydantic_config__ = CLOSED

    id: Slug
    name: Text
    name_en: Text
    code: Annotated[Code | None, Field(description="NBS administrative code where known.")] = None
    group: Annotated[Text | None, Field(description="党委, 政府, 群团 …")] = None
    state: State
    terminals: Annotated[
        StrictInt, Field(ge=1, le=5000, description="终端: PCs. The one input that picks the tier.")
    ]
    service_terminals: Annotated[Number, Field(description="公众服务终端 in communities (seed 三(一)).")] = 0
    medium: Annotated[
        Medium | None, Field(description="The unit's wish: ADSL-sized units may ask for fibre.")
    ] = None
    encryption: Annotated[
        Encryption | None, Field(description="required: encrypt even where the tier does not.")
    ] = None
    order: Order | None = None
    lease: Lease | None = None
    circuit: Annotated[Reference | None, Field(description="Circuit id 电路代号 of the operator.")] = None
    user_class: Annotated[
        UserClass, Field(alias="class", description="User class A–F of DB34/T 3607-2020 (domain: zones).")
    ]
    zones: tuple[ZoneMember, ...] = ()
    peers: Annotated[
        tuple[Slug, ...], Field(description="Units this one may talk to directly; all others are isolated.")
    ] = ()
    pop: Annotated[Slug | None, Field(description="The POP facility; needed where there are several.")] = None
    posts: Posts
    secrecy: Secrecy | None = None
    training: Training | None = None
    demarcation: Demarcation
    lan: Lan = Lan()
    cpe: UnitDevice
    dates: Dates
    notes: Text | None = None
    kind: Annotated[Kind, Field(init=False)] = "township"

    @property
    def rendered(self) -> bool:
        """Only what is ordered is configured (design §1, tier)."""
        return self.order is not None and self.state in {"ordered", "in_service", "suspended"}

    @property
    def suspended(self) -> bool:
        return self.state == "suspended"


_ = (Inet, FreeText, date)  # used in annotations that pydantic evaluates
