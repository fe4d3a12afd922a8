"""Small counties for tests: the sample's own plan with whatever units a test needs."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from support import ROOT

from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import adapter, load
from zxnet.inventory.units import Unit


@cache
def sample() -> Inventory:
    """The sample county of this repository."""
    loaded = load(ROOT)
    assert loaded.inventory is not None, loaded.problems
    return loaded.inventory


def unit(unit_id: str, **changes: Any) -> Unit:
    """An ordered ADSL unit; any key of the file format can be given, `kind` included."""
    entry: dict[str, Any] = {
        "id": unit_id,
        "name": "某镇",
        "name_en": "Some Town",
        "state": "ordered",
        "terminals": 5,
        "order": {"tier": "adsl-2m", "medium": "adsl", "number": f"O-{unit_id}", "date": "2008-08-01"},
        "class": "A",
        "posts": {"responsible": "主任", "technician": "信息员"},
        "demarcation": {"place": "机房"},
        "cpe": {"platform": "linux", "model": "x86-4p", "release": "debian-12"},
        "dates": {"planned": "2008-07-28", "ordered": "2008-08-01"},
    }
    return adapter(Unit).validate_python(entry | changes)


def fibre(unit_id: str, **changes: Any) -> Unit:
    """An ordered unit on 10M fibre."""
    order = {"tier": "fibre-10m", "medium": "fibre", "number": f"O-{unit_id}", "date": "2008-08-01"}
    return unit(unit_id, **{"terminals": 15, "order": order} | changes)


def county(*units: Unit, **changes: Any) -> Inventory:
    """The sample's county and facilities with these units; `changes` replace fields of the county."""
    base = sample()
    return dataclasses.replace(
        base,
        county=dataclasses.replace(base.county, **changes),
        units={u.id: u for u in sorted(units, key=lambda u: u.id)},
        unit_marks={},
    )
