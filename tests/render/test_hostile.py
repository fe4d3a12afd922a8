"""No inventory string can add, end or alter a command (design §6.4).

Hostile strings are put straight into the inventory, past validation: every free-text field of every unit,
facility and the county gets one of its own, and all devices and OA clients are rendered. Structure must
stay: the same number of lines, and every line either byte for byte the same or, where the text itself
stands, still the same single command.
"""

import dataclasses
import itertools
import json
from collections.abc import Iterator
from functools import cache

import factory
import pytest
from hostile import hostile_strings
from support import ROOT, SOAK

from zxnet.allocate import Ledger, allocate
from zxnet.design import Network, design
from zxnet.inventory.inventory import Inventory
from zxnet.platforms.rulebook import load_rulebook
from zxnet.render.engine import Renderer
from zxnet.text import FreeText

STRINGS = hostile_strings(20_000 if SOAK else 5_000, seed=627)
COUNTIES = 400 if SOAK else 48
"""How many counties are rendered; each takes some 200 strings, every field another one each time."""


def with_text(value, texts: Iterator[str]):
    """The same value with every FreeText in it, however deep, replaced by the next string."""
    if isinstance(value, FreeText):
        return FreeText(next(texts))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(with_text(item, texts) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: with_text(getattr(value, f.name), texts) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    return value


@cache
def base() -> Inventory:
    """A few units of every platform, medium and zone, and all facilities."""
    sample = factory.sample()
    chosen, seen = {}, set()
    for unit in sample.units.values():
        if unit.rendered:
            key = (unit.cpe.platform, unit.order.medium, bool(unit.zones))
            if key not in seen:
                seen.add(key)
                chosen[unit.id] = unit
    return dataclasses.replace(sample, units=chosen)


@cache
def renderer() -> Renderer:
    return Renderer(ROOT / "templates")


def rendered(inventory: Inventory) -> dict[str, tuple[str, str, str]]:
    """path → (platform, dialect, text) of everything."""
    network: Network = design(inventory, allocate(inventory, Ledger()))
    made = {}
    for device in network.devices():
        for a in renderer().device(device):
            made[a.path] = (a.platform, a.dialect, a.data.decode())
    for unit in network.plan.sites:
        for a in renderer().oa_client(network.oa_client(unit)):
            text = a.data.decode("utf-16") if a.dialect == "reg" else a.data.decode()
            made[a.path] = ("", a.dialect, text)
    return made


def hostile_county(texts: Iterator[str]) -> Inventory:
    inventory = base()
    return dataclasses.replace(
        inventory,
        county=with_text(inventory.county, texts),
        network=with_text(inventory.network, texts),
        units={u: with_text(unit, texts) for u, unit in inventory.units.items()},
        tiers=with_text(inventory.tiers, texts),
    )


PLAIN = "Zqx Marker"


def shape(platform: str, dialect: str, text: str) -> list[str]:
    """The commands of a text: the rulebook entry of each line.

    OA client files have no rulebook: there the lines themselves are compared, and what a line that holds
    text may look like is judged by the real readers (test_oa_client.py).
    """
    if not platform:
        return []
    walked = load_rulebook(platform).walk(dialect, text)
    return [f"{view}: {command.syntax if command else '?? ' + line}" for _, view, line, command in walked]


@cache
def reference() -> dict[str, tuple[list[str], list[str]]]:
    made = rendered(hostile_county(itertools.repeat(PLAIN)))
    return {path: (shape(p, d, t), t.split("\n")) for path, (p, d, t) in made.items()}


def test_there_are_enough_and_they_are_nasty():
    assert len(STRINGS) >= 5_000
    everything = "".join(STRINGS)
    for token in (
        "\n",
        "\r",
        "\0",
        '"',
        "'",
        "`",
        "%",
        "{{",
        "${",
        ";",
        "!",
        "#",
        "\u2028",
        "＂",
        "；",
        "\u202e",
        "\\",
    ):
        assert token in everything


@pytest.mark.parametrize("county", range(COUNTIES))
def test_no_string_changes_the_structure_of_any_file(county):
    start = county * len(STRINGS) // COUNTIES
    made = rendered(hostile_county(itertools.cycle(STRINGS[start:] + STRINGS[:start])))
    assert made.keys() == reference().keys()
    for path, (platform, dialect, content) in made.items():
        commands, lines = reference()[path]
        assert content.count("\n") == len(lines) - 1, path
        assert shape(platform, dialect, content) == commands, path
        for line, plain in zip(content.split("\n"), lines, strict=True):
            if "Zqx" not in plain:
                assert line == plain, path


@pytest.mark.parametrize("batch", range(0, len(STRINGS), 1000))
def test_all_strings_through_the_lines_that_hold_text(batch):
    """Every string, through one template line of each kind that prints free text."""
    environment = renderer().templates.environment
    probes = {
        name: environment.from_string(f"before {{{{ x | {name} }}}} after")
        for name in ("descr", "comment", "json", "sh", "xml", "reg", "desktop")
    }
    for text in STRINGS[batch : batch + 1000]:
        for name, template in probes.items():
            out = template.render(x=FreeText(text))
            assert "\n" not in out, (name, text)
            assert "\r" not in out, (name, text)
            assert "\0" not in out, (name, text)
            assert out.startswith("before ")
            assert out.endswith(" after")
            assert len(out.splitlines()) == 1, (name, text)


def test_json_survives_every_string():
    template = renderer().templates.environment.from_string("{{ x | json }}")
    for text in STRINGS:
        value = json.loads(template.render(x=FreeText(text)))
        assert isinstance(value, str)


def test_printing_free_text_without_a_filter_is_refused():
    from zxnet.text import UnquotedTextError

    template = renderer().templates.environment.from_string("{{ x }}")
    with pytest.raises(UnquotedTextError):
        template.render(x=FreeText("x"))
