"""Facilities, their devices and the links between them: the file `facilities.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from zxnet.inet import Inet
from zxnet.inventory.fields import (
    DeviceId,
    Host,
    Host4,
    Host6,
    HostNet4,
    LinkId,
    Model,
    Name,
    Net4,
    Net6,
    Path,
    Port,
    Positive,
    Reference,
    Slug,
    Text,
)
from zxnet.inventory.units import CLOSED, Authority
from zxnet.text import FreeText

__all__ = ["City", "Facilities", "Facility", "FacilityDevice", "Link"]

FacilityKind = Literal["hub", "backup", "pop"]
LinkKind = Literal["core", "city", "trunk", "transport"]
Function = Literal["router", "vpn", "bras", "agg", "store"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oam:
    """A port in the operator's own management network, for boxes outside the county's routing."""

    __pydantic_config__ = CLOSED

    port: Port
    address4: HostNet4
    gateway4: Host4


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityDevice:
    __pydantic_config__ = CLOSED

    id: DeviceId
    function: Function
    platform: Name
    model: Model
    release: Model
    serial: Reference | None = None
    authority: Authority
    access: Annotated[Port | None, Field(description="bras, agg: the port towards the units.")] = None
    oam: Annotated[Oam | None, Field(description="bras, agg: the operator's management network.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanMember:
    """A device with a leg in a facility LAN; the highest priority is the gateway (VRRP)."""

    __pydantic_config__ = CLOSED

    device: DeviceId
    port: Port
    address4: Host4
    address6: Host6 | None = None
    priority: Annotated[StrictInt, Field(ge=1, le=254)] = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityLan:
    """A LAN of the facility itself (NOC, servers): the one place where VRRP is used."""

    __pydantic_config__ = CLOSED

    id: Slug
    name: Text
    prefix4: Net4
    prefix6: Net6 | None = None
    gateway4: Annotated[
        Host4 | None, Field(description="Virtual address (VRRP); none = one member only.")
    ] = None
    vrid: Annotated[StrictInt, Field(ge=1, le=255)] = 1
    members: Annotated[tuple[LanMember, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEntry:
    __pydantic_config__ = CLOSED

    id: Slug
    title: Text
    host: Host
    path: Path
    interval_min: Positive
    keep_days: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectives:
    """Recovery objectives (GB/T 20988-2025; NRO after the e-government cloud recovery standard)."""

    __pydantic_config__ = CLOSED

    rto_min: Positive
    rpo_min: Positive
    nro_s: Positive
    datasets: Annotated[tuple[DatasetEntry, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A place that serves units."""

    __pydantic_config__ = CLOSED

    id: Slug
    kind: FacilityKind
    name: Text
    name_en: Text
    devices: Annotated[tuple[FacilityDevice, ...], Field(min_length=1)]
    lans: tuple[FacilityLan, ...] = ()
    objectives: Annotated[Objectives | None, Field(description="backup only")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnd:
    __pydantic_config__ = CLOSED

    device: DeviceId
    port: Port


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A wire between two devices. `trunk` carries the unit VLANs and has no address of its own.

    The first end has the first address of the prefix, the second end the second.
    """

    __pydantic_config__ = CLOSED

    id: LinkId
    kind: LinkKind
    ends: Annotated[tuple[LinkEnd, LinkEnd], Field()]
    prefix4: Net4 | None = None
    prefix6: Net6 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The city PE: an external neighbour, rendered only in the twin."""

    __pydantic_config__ = CLOSED

    id: DeviceId
    name: Text
    asn: Annotated[StrictInt, Field(ge=1, le=4294967294)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilities:
    """The whole of facilities.yaml."""

    __pydantic_config__ = CLOSED

    facilities: tuple[Facility, ...]
    city: City
    links: tuple[Link, ...]


_ = (Inet, FreeText)  # used in annotations that pydantic evaluates
