"""Synthetic counties of any size for measuring: the sample's plan with more units and wider pools.

Used by the benchmarks (`make bench`); run alone it writes one: bench/peers/county.py FOLDER UNITS
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
UNITS_PER_FILE = 500
POPS = 2

# platform, model, release: the mix of the sample county, spelled out so that it stays the same.
CPES = (
    ("huawei_vrp", 4),
    ("hp_comware", 3),
    ("cisco_ios", 2),
    ("linux", 1),
)
TERMINALS = (3, 7, 9, 5, 10, 14, 22, 30, 18, 45)  # half the units ADSL, 4 of 10 on 10M, 1 on 100M


def first_models() -> dict[str, tuple[str, str]]:
    """A CPE model and a release of each platform, from zxnet's own data."""
    sys.path.insert(0, str(ROOT))
    from zxnet.platforms.catalog import PLATFORMS, load_platform

    found = {}
    for name in PLATFORMS:
        model = next(m for m in load_platform(name).models.values() if "cpe" in m.functions)
        found[name] = (model.name, model.releases[0])
    return found


def unit(number: int, models: dict[str, tuple[str, str]]) -> str:
    """The text of one unit, as a person would write it."""
    mix = [name for name, weight in CPES for _ in range(weight)]
    platform = mix[number % len(mix)]
    model, release = models[platform]
    terminals = TERMINALS[(number * 7) % len(TERMINALS)]
    tier, medium = (
        ("adsl-2m", "adsl")
        if terminals <= 10
        else ("fibre-10m", "fibre")
        if terminals <= 30
        else ("fibre-100m", "fibre")
    )
    n = f"{number:05d}"
    return f"""
- id: u{n}
  name: 接入单位{n}
  name_en: Unit {n}
  state: in_service
  terminals: {terminals}
  order: {{tier: {tier}, medium: {medium}, number: ORD-{n}, date: 2008-08-01}}
  lease: {{number: LEA-{n}, date: 2008-08-01, until: 2009-07-31}}
  circuit: CIR-{n}
  class: A
  pop: pop{number % POPS + 1}
  posts: {{responsible: 办公室主任, technician: 信息员}}
  secrecy: {{number: SEC-{n}, date: 2008-08-02, result: unclassified}}
  training: {{date: 2008-08-20, people: 3}}
  demarcation: {{place: 一楼机房}}
  cpe: {{platform: {platform}, model: {model}, release: {release}, serial: SYN-{n}, authority: operator}}
  dates: {{planned: 2008-07-28, ordered: 2008-08-01, in_service: 2008-09-01}}
"""


def write(folder: Path, units: int) -> None:
    """Write a project with that many units to `folder`, replacing what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "inventory" / "departments").mkdir(parents=True)
    shutil.copy(ROOT / "tiers.yaml", folder)
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "inventory/county.yaml").write_text(dump(_county()), "utf-8")
    (folder / "inventory/facilities.yaml").write_text(dump(_facilities()), "utf-8")
    models = first_models()
    for start in range(0, units, UNITS_PER_FILE):
        texts = (unit(number, models) for number in range(start, min(units, start + UNITS_PER_FILE)))
        file = folder / f"inventory/departments/{start // UNITS_PER_FILE:04d}.yaml"
        file.write_text("departments:\n" + "".join(texts), "utf-8")


def dump(value: Any) -> str:
    """YAML as zxnet reads it."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _county() -> dict[str, Any]:
    """The sample's county without townships and zones, with pools for 16,000 units."""
    raw: dict[str, Any] = yaml.safe_load((ROOT / "inventory/county.yaml").read_text("utf-8"))
    _dates_to_text(raw)
    raw["townships"] = 0
    raw["zones"] = []
    raw["addressing"]["lan"]["v4"] = "10.128.0.0/9"
    raw["addressing"]["ppp"]["v4"] = "100.64.0.0/16"
    return raw


def _dates_to_text(value: Any) -> None:
    """PyYAML reads dates as dates and writes them back quoted or not; the county wants them as written."""
    if isinstance(value, dict):
        for key, item in value.items():
            if hasattr(item, "isoformat"):
                value[key] = item.isoformat()
            _dates_to_text(item)


def _facilities() -> dict[str, Any]:
    """The sample's facilities, all on Linux, with two POPs: one POP's VLANs are not enough."""
    raw: dict[str, Any] = yaml.safe_load((ROOT / "inventory/facilities.yaml").read_text("utf-8"))
    pop = next(f for f in raw["facilities"] if f["kind"] == "pop")
    raw["facilities"].remove(pop)
    for number in range(1, POPS + 1):
        own = yaml.safe_load(dump(pop).replace("pop-", f"pop{number}-"))
        own["id"] = f"pop{number}"
        for device in own["devices"]:
            device["serial"] += f"-{number}"
            device["oam"]["address4"] = device["oam"]["address4"].replace("10.119.0.", f"10.119.{number}.")
            device["oam"]["gateway4"] = device["oam"]["gateway4"].replace("10.119.0.", f"10.119.{number}.")
        raw["facilities"].append(own)
    _pop_links(raw)
    _all_linux(raw)
    return raw


def _pop_links(raw: dict[str, Any]) -> None:
    links = [link for link in raw["links"] if link["kind"] in {"trunk", "transport"}]
    for link in links:
        raw["links"].remove(link)
    for number in range(1, POPS + 1):
        for link in links:
            own = yaml.safe_load(dump(link).replace("pop-", f"pop{number}-"))
            own["id"] = f"{link['id']}{number}"
            if "prefix4" in own:
                base = own["prefix4"].rsplit(".", 1)[0]
                own["prefix4"] = f"{base}.{4 * (number - 1)}/30"
            raw["links"].append(own)


def _all_linux(raw: dict[str, Any]) -> None:
    """Ports are handed out anew, in order, on boxes with enough of them."""
    used: dict[str, list[str]] = {}

    def next_port(device: str) -> str:
        own = used.setdefault(device, [])
        own.append(f"eth{len(own)}")
        return own[-1]

    for facility in raw["facilities"]:
        for device in facility["devices"]:
            device |= {"platform": "linux", "model": "x86-16p", "release": "debian-12"}
            if "access" in device:
                device["access"] = next_port(device["id"])
                device["oam"]["port"] = next_port(device["id"])
        for member in (m for lan in facility.get("lans", ()) for m in lan["members"]):
            member["port"] = next_port(member["device"])
    for end in (end for link in raw["links"] for end in link["ends"]):
        end["port"] = next_port(end["device"])


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write(Path(sys.argv[1]), int(sys.argv[2]))
