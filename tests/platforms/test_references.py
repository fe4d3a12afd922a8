"""In every config of the sample: each name a line refers to is defined, each definition is used.

Read from the rulebooks' `defines` and `refers`, over the text itself: what the templates print, not what
the design meant.
"""

from collections import defaultdict
from functools import cache

import factory
import pytest
from support import ROOT

from zxnet.allocate import Ledger, allocate
from zxnet.design import design
from zxnet.platforms.catalog import PLATFORMS
from zxnet.platforms.rulebook import Rulebook, load_rulebook
from zxnet.render.engine import Artifact, Renderer


@cache
def artifacts() -> dict[str, list[Artifact]]:
    """Artifacts of each device, grouped by platform."""
    network = design(factory.sample(), allocate(factory.sample(), Ledger()))
    renderer = Renderer(ROOT / "templates")
    found = defaultdict(list)
    for device in network.devices():
        for artifact in renderer.device(device):
            found[artifact.platform].append(artifact)
    return found


def names(book: Rulebook, artifact: Artifact) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(defined, referred to) as (namespace, name)."""
    defined, referred = set(), set()
    for _, _, line, command in book.walk(artifact.dialect, artifact.data.decode()):
        values = command.pattern.fullmatch(line).groupdict()
        defined |= {(space, values[v]) for space, v in command.defines.items() if values[v]}
        referred |= {(space, values[v]) for space, v in command.refers.items() if values[v]}
    return defined, referred


@pytest.mark.parametrize("platform", PLATFORMS)
def test_references_and_definitions_match(platform):
    book = load_rulebook(platform)
    devices = defaultdict(lambda: (set(), set()))
    for artifact in artifacts()[platform]:
        defined, referred = names(book, artifact)
        devices[artifact.device][0].update(defined)
        devices[artifact.device][1].update(referred)
    assert devices
    # Interfaces and OSPF processes are there for their own sake; all other names to be referred to.
    spaces = {space for c in book.commands for space in c.refers} - {"interface", "ospf"}
    for device, (defined, referred) in devices.items():
        assert referred <= defined, (device, referred - defined)
        unused = {(space, name) for space, name in defined - referred if space in spaces}
        assert not unused, (device, unused)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_rulebook_reference_can_be_defined(platform):
    book = load_rulebook(platform)
    defines = {space for c in book.commands for space in c.defines}
    assert {space for c in book.commands for space in c.refers} <= defines


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_line_outside_the_rulebook_is_found(platform):
    """Every line of a config, garbled, is refused; except in text that may be anything, it is named."""
    book = load_rulebook(platform)
    for artifact in artifacts()[platform][:6]:
        lines = artifact.data.decode().split("\n")
        style = book.dialects[artifact.dialect].style
        if style == "verbatim":
            continue
        for number, line in enumerate(lines):
            indent = line[: len(line) - len(line.lstrip(" "))]
            garbled = [*lines[:number], f"{indent}zxq-no-such-command 1", *lines[number:]]
            bad = book.violations(artifact.dialect, "\n".join(garbled))
            assert "zxq-no-such-command 1" in {v.text for v in bad}, (artifact.path, number)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_command_has_a_source_and_a_status(platform):
    book = load_rulebook(platform)
    assert len(book.commands) > 50
    for command in book.commands:
        assert command.source, command.syntax
        assert command.status in {"verified", "unverified"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_most_rulebook_entries_are_used_by_the_sample_or_the_golden_cases(platform):
    """An entry that nothing writes is a guess; a few are for options that the sample leaves out."""
    book = load_rulebook(platform)
    used = set()
    for artifact in artifacts()[platform]:
        for _, _, _, command in book.walk(artifact.dialect, artifact.data.decode()):
            used.add(id(command))
    unused = [c.syntax for c in book.commands if id(c) not in used]
    assert len(unused) < len(book.commands) / 3, unused
