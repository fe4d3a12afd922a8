"""Golden configs: tests/golden/<case>/ holds a whole small project and the files it must render.

Each (tier × medium × platform) CPE and each facility device stands in one of them. After a change that
is meant to alter texts: ZXNET_GOLDEN=write make test ARGS="-k golden", then read the diff.
"""

import os
import shutil
from pathlib import Path

import pytest
from support import ROOT

from zxnet.project import open_project, write_ledger
from zxnet.render.county import render_county

GOLDEN = ROOT / "tests/golden"
CASES = sorted(p.name for p in GOLDEN.iterdir() if p.is_dir())
WRITE = os.environ.get("ZXNET_GOLDEN") == "write"


def rendered(case: str, folder: Path) -> dict[str, bytes]:
    """The files of a case that are golden: those of the owners in scope.txt, without the manifest.

    OA client sets are the same on every platform, so only a scope that says `+oa-client` has them.
    """
    project_folder = folder / "project"
    shutil.copytree(GOLDEN / case / "inventory", project_folder / "inventory")
    shutil.copy(GOLDEN / case / "tiers.yaml", project_folder)
    project = open_project(project_folder)
    if WRITE:
        write_ledger(project)
        shutil.copy(project_folder / "inventory/ledger.lock", GOLDEN / case / "inventory")
        project = open_project(project_folder)
    scope = (GOLDEN / case / "scope.txt").read_text().split()
    names = [name for name in scope if name != "+oa-client"]
    render_county(project, folder / "build", names, locked=True)
    files = {
        p.relative_to(folder / "build").as_posix(): p.read_bytes()
        for p in (folder / "build").rglob("*")
        if p.is_file()
    }
    return {
        name: data
        for name, data in files.items()
        if name != "manifest.json" and ("+oa-client" in scope or "/oa-client/" not in name)
    }


@pytest.mark.parametrize("case", CASES)
def test_golden(case, tmp_path):
    files = rendered(case, tmp_path)
    expected = GOLDEN / case / "expected"
    if WRITE:
        shutil.rmtree(expected, ignore_errors=True)
        for name, data in files.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(data)
    known = {p.relative_to(expected).as_posix(): p for p in expected.rglob("*") if p.is_file()}
    assert files.keys() == known.keys()
    for name, data in files.items():
        assert text(data) == text(known[name].read_bytes()), name


def text(data: bytes) -> str:
    """Readable in a failure; Windows registry files are UTF-16."""
    return data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8")


def test_every_tier_medium_and_platform_of_a_cpe_is_golden():
    """The matrix of the sample: nothing that can be ordered is without a golden config."""
    from zxnet.inventory.load import load
    from zxnet.platforms.catalog import PLATFORMS

    seen = set()
    for case in CASES:
        inventory = load(GOLDEN / case).inventory
        scope = (GOLDEN / case / "scope.txt").read_text().split()
        for unit in inventory.units.values():
            if unit.rendered and unit.id in scope:
                seen.add((unit.order.tier, unit.order.medium, unit.cpe.platform))
    sample = load(ROOT).inventory
    wanted = {(t.id, a.medium, p) for t in sample.tiers for a in t.media for p in PLATFORMS}
    assert wanted <= seen


def test_every_facility_function_is_golden():
    from zxnet.inventory.load import load

    seen = set()
    for case in CASES:
        inventory = load(GOLDEN / case).inventory
        scope = (GOLDEN / case / "scope.txt").read_text().split()
        for facility, device in inventory.facility_devices.values():
            if facility.id in scope:
                seen.add((device.function, device.platform))
    wanted = {(d.function, d.platform) for _, d in load(ROOT).inventory.facility_devices.values()}
    assert wanted | {("router", "linux"), ("vpn", "linux")} <= seen
