"""Rules for every managed box: platform, model, release, ports, and what can be rendered for it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from zxnet.inventory.checks import common
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.units import Unit
from zxnet.inventory.yamlreader import Path
from zxnet.platforms.catalog import PLATFORMS, Model, Platform, load_platform
from zxnet.problems import Place, Problem, nearest

__all__ = ["algorithms", "boxes", "demarcation"]

_ZONED = {"router", "vpn"}
"""Facility functions that carry every private zone of the county."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A device and where its keys stand: path under a unit, or in facilities.yaml."""

    owner: Unit | None
    path: Path
    platform: str
    model: str
    release: str
    function: str
    zoned: bool

    def place(self, inventory: Inventory, *key: str | int) -> Place:
        if self.owner is None:
            return common.facilities(inventory, *self.path, *key)
        return common.unit(inventory, self.owner, *self.path, *key)


def _all(inventory: Inventory) -> Iterator[_Box]:
    zones = bool(inventory.county.zones)
    for _, d, path in common.devices(inventory):
        zoned = zones and d.function in _ZONED
        yield _Box(None, path, d.platform, d.model, d.release, d.function, zoned)
    for unit in inventory.units.values():
        c = unit.cpe
        yield _Box(unit, ("cpe",), c.platform, c.model, c.release, "cpe", bool(unit.zones))


@cache
def _platform(name: str) -> Platform | None:
    """What zxnet knows of a platform; None when it has no such platform."""
    try:
        return load_platform(name) if name in PLATFORMS else None
    except FileNotFoundError:
        return None


def _model(platform: str, model: str) -> Model | None:
    known = _platform(platform)
    return known.models.get(model) if known is not None else None


def boxes(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Platform, model and release are known, and all that would be rendered has a source (design §3)."""
    families = tuple(sorted(4 if f == "ipv4" else 6 for f in inventory.county.addressing.families))
    for box in _all(inventory):
        platform = _platform(box.platform)
        if platform is None:
            params = {
                "name": box.platform,
                "known": ", ".join(PLATFORMS),
                "nearest": nearest(box.platform, PLATFORMS),
            }
            yield Problem("device.platform_unknown", box.place(inventory, "platform"), params)
            continue
        model = platform.models.get(box.model)
        if model is None:
            params = {
                "name": box.model,
                "platform": platform.name,
                "known": ", ".join(platform.models),
                "nearest": nearest(box.model, platform.models),
            }
            yield Problem("device.model_unknown", box.place(inventory, "model"), params)
            continue
        if box.release not in model.releases:
            params = {
                "name": box.release,
                "model": model.name,
                "known": ", ".join(model.releases),
                "nearest": nearest(box.release, model.releases),
            }
            yield Problem("device.release_unknown", box.place(inventory, "release"), params)
        if box.function not in model.functions:
            params = {"model": model.name, "function": box.function, "can": ", ".join(model.functions)}
            yield Problem("device.function", box.place(inventory, "model"), params)
        yield from _matrix(inventory, box, platform, families)


def _matrix(
    inventory: Inventory, box: _Box, platform: Platform, families: tuple[int, ...]
) -> Iterator[Problem]:
    for family in families:
        if not platform.supports(box.function, family):
            source = platform.missing.get(f"{box.function}/{family}", "")
            params = {
                "platform": platform.name,
                "function": box.function,
                "family": f"IPv{family}",
                "source": source or f"{platform.title}: {box.function}, IPv{family}",
            }
            yield Problem("device.not_rendered", box.place(inventory, "platform"), params)
    if box.zoned and box.function not in platform.zones:
        source = platform.missing.get(f"{box.function}/zones", "")
        params = {
            "platform": platform.name,
            "function": box.function,
            "source": source or f"{platform.title}: {box.function}, VRF",
        }
        yield Problem("device.no_zones", box.place(inventory, "platform"), params)


def demarcation(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """The CPE's WAN and LAN are two ports its model has (seed 四(二): the demarcation is the LAN port)."""
    for unit in inventory.units.values():
        model = _model(unit.cpe.platform, unit.cpe.model)
        if model is None or "cpe" not in model.functions:
            continue
        wan, lan = unit.cpe.wan or model.wan, unit.demarcation.port or model.lan
        for key, port in ((("cpe", "wan"), wan), (("demarcation", "port"), lan)):
            if port not in model.ports:
                yield _unknown_port(common.unit(inventory, unit, *key), port, model)
        if wan == lan:
            place = common.unit(
                inventory, unit, *(("cpe", "wan") if unit.cpe.wan else ("demarcation", "port"))
            )
            yield Problem("device.port_same", place, {"port": wan, "wan": model.wan, "lan": model.lan})


def ports(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A port of a facility device exists on its model and carries one thing: a link, a LAN, access or OAM."""
    models = {d.id: _model(d.platform, d.model) for _, d, _ in common.devices(inventory)}
    used: dict[tuple[str, str], Place] = {}
    for device, port, path in _wired(inventory):
        place = common.facilities(inventory, *path)
        model = models.get(device)
        if model is not None and port not in model.ports:
            yield _unknown_port(place, port, model)
        first = used.setdefault((device, port), place)
        if first is not place:
            params = {"device": device, "port": port, "first": str(first)}
            yield Problem("device.port_twice", place, params)


def _wired(inventory: Inventory) -> Iterator[tuple[str, str, Path]]:
    """(device, port, path of the port) of everything plugged in."""
    for i, link in enumerate(inventory.links):
        for j, end in enumerate(link.ends):
            yield end.device, end.port, ("links", i, "ends", j, "port")
    for i, facility in enumerate(inventory.network.facilities):
        for j, device in enumerate(facility.devices):
            path: Path = ("facilities", i, "devices", j)
            if device.access is not None:
                yield device.id, device.access, (*path, "access")
            if device.oam is not None:
                yield device.id, device.oam.port, (*path, "oam", "port")
        for j, lan in enumerate(facility.lans):
            for k, member in enumerate(lan.members):
                yield member.device, member.port, ("facilities", i, "lans", j, "members", k, "port")


def _unknown_port(place: Place, port: str, model: Model) -> Problem:
    known = ", ".join(model.ports) if len(model.ports) <= 12 else f"{model.ports[0]} … {model.ports[-1]}"
    params = {"port": port, "model": model.name, "known": known, "nearest": nearest(port, model.ports)}
    return Problem("device.port_unknown", place, params)


def algorithms(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """Every platform that ends a tunnel has verified words for the county's algorithms (design §3, gm)."""
    plan = inventory.county.crypto
    wanted = {plan.encryption, plan.integrity, str(plan.dh_group)}
    seen: set[tuple[str, str]] = set()
    refused: set[str] = set()
    for box in _all(inventory):
        platform = _platform(box.platform)
        if platform is None or (box.platform, box.release) in seen or not _tunnels(inventory, box):
            continue
        seen.add((box.platform, box.release))
        if box.platform in refused:
            continue
        if plan.profile not in platform.crypto:
            refused.add(box.platform)
            params = {
                "profile": plan.profile,
                "platform": platform.name,
                "known": ", ".join(platform.crypto) or "-",
            }
            yield Problem("device.crypto", common.county(inventory, "crypto", "profile"), params)
            continue
        for slot, table in platform.words.get(box.release, {}).items():
            if not wanted & table.keys():
                params = {
                    "slot": slot,
                    "platform": platform.name,
                    "release": box.release,
                    "known": ", ".join(table) or "-",
                }
                yield Problem("device.algorithm", box.place(inventory, "release"), params)


def _tunnels(inventory: Inventory, box: _Box) -> bool:
    """Whether the box ends tunnels: a gateway, or the CPE of a unit that is encrypted."""
    if box.owner is None:
        return box.function == "vpn"
    order = box.owner.order
    if order is None:
        return False
    if box.owner.encryption == "required":
        return True
    tier = inventory.tier_by_id.get(order.tier)
    access = tier.access(order.medium) if tier is not None else None
    return access is not None and access.encryption == "required"


def encryption(inventory: Inventory, _broken: AbstractSet[str]) -> Iterator[Problem]:
    """A unit may ask for more encryption than its tier, never for less (tiers.yaml, encryption)."""
    for unit in inventory.units.values():
        if unit.encryption != "none" or unit.order is None:
            continue
        tier = inventory.tier_by_id.get(unit.order.tier)
        access = tier.access(unit.order.medium) if tier is not None else None
        if access is not None and access.encryption == "required":
            params = {"tier": unit.order.tier, "medium": unit.order.medium}
            yield Problem("unit.encryption_weaker", common.unit(inventory, unit, "encryption"), params)
