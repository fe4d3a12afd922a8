"""What zxnet knows of each platform: models, releases, port names, keyword variants, the matrix.

All of it is data in `platforms/<platform>/models.yaml`; templates never test a model or a release,
they print `Device.kw`. Asking for an unknown model or release, or for a cell of the matrix that has
no source, is an error the caller reports at the inventory line that asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["PLATFORMS", "Model", "Platform", "load_platform"]

PLATFORMS = ("huawei_vrp", "hp_comware", "cisco_ios", "linux")
"""Netmiko's names (design §1)."""


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    ports: tuple[str, ...]  # routed ports, as the platform writes them
    wan: str  # the CPE's default WAN port
    lan: str  # the CPE's default demarcation port
    functions: tuple[str, ...]
    releases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform's data; `words[release]` maps zxnet's keyword slots to the platform's words."""

    name: str
    title: str
    models: dict[str, Model]
    words: dict[str, dict[str, dict[str, str]]]
    features: dict[str, dict[str, str]]
    names: dict[str, str]  # loopback, vlan, ppp, tunnel: interface name patterns
    matrix: dict[str, frozenset[int]]  # function → address families that can be rendered
    zones: frozenset[str]  # functions for which private zones can be rendered
    missing: dict[str, str]  # "router/6" → the source that would be needed
    crypto: tuple[str, ...]

    def interface(self, kind: str, **values: object) -> str:
        """Name of an interface zxnet creates: `interface("vlan", parent="eth1", vlan=101)`."""
        return self.names[kind].format(**values)

    def supports(self, function: str, family: int) -> bool:
        return family in self.matrix.get(function, frozenset())


def parse_platform(text: str) -> Platform:
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    words, features = {}, {}
    for release, override in raw["releases"].items():
        own = override or {}
        words[release] = {
            slot: {**table, **own.get("keywords", {}).get(slot, {})}
            for slot, table in raw["keywords"].items()
        }
        features[release] = {**raw.get("features", {}), **own.get("features", {})}
    models = {
        name: Model(
            name,
            tuple(m["ports"]),
            m.get("wan", ""),
            m.get("lan", ""),
            tuple(m["functions"]),
            tuple(m["releases"]),
            m["source"],
        )
        for name, m in raw["models"].items()
    }
    return Platform(
        name=raw["platform"],
        title=raw["title"],
        models=models,
        words=words,
        features=features,
        names=raw["names"],
        matrix={f: frozenset(families) for f, families in raw["matrix"].items()},
        zones=frozenset(raw.get("zones", ())),
        missing=raw.get("missing", {}),
        crypto=tuple(raw["crypto"]),
    )


@cache
def load_platform(name: str) -> Platform:
    """The data zxnet ships for a platform. Raises FileNotFoundError when there is none."""
    return parse_platform(resources.files("zxnet.platforms").joinpath(name, "models.yaml").read_text("utf-8"))
