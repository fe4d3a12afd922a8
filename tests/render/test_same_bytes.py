"""Same inputs → same bytes, whatever the machine is set to (design §6.1)."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support import ROOT

ZXNET = Path(sys.executable).with_name("zxnet")


def copy_project(target: Path) -> Path:
    for name in ("inventory", "templates"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "tiers.yaml", target)
    return target


def render(
    project: Path, out: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> dict[str, bytes]:
    command = [ZXNET, "-q", "--project", str(project), "render", "-o", str(out), *arguments]
    subprocess.run(command, check=True, cwd=cwd, env=os.environ | environment, capture_output=True)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reference")
    return render(copy_project(folder / "project"), folder / "build")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--jobs", "3"), {"PYTHONHASHSEED": "1"}),
        ((), {"LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}),
        ((), {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "3"}),
        (("--jobs", "2"), {"TZ": "America/Adak", "COLUMNS": "20", "ZXNET_LANG": "zh"}),
    ],
)
def test_environment_and_workers_change_nothing(reference, tmp_path, arguments, environment):
    elsewhere = tmp_path / "somewhere else"
    elsewhere.mkdir()
    project = copy_project(tmp_path / "项目")
    assert render(project, tmp_path / "build", *arguments, cwd=elsewhere, **environment) == reference


def test_the_order_of_units_in_the_files_changes_only_their_hashes(reference, tmp_path):
    """Units shuffled and split over several files: the same artifacts, byte for byte."""
    project = copy_project(tmp_path / "project")
    chance = random.Random(2008)
    for key in ("townships", "departments"):
        file = project / f"inventory/{key}.yaml"
        units = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)[key]
        blocks = file.read_text("utf-8").split("\n- id: ")[1:]
        assert len(blocks) == len(units)
        chance.shuffle(blocks)
        file.unlink()
        (project / f"inventory/{key}").mkdir()
        half = len(blocks) // 2
        for name, part in (("z", blocks[:half]), ("a", blocks[half:])):
            body = "".join(f"- id: {block.rstrip()}\n" for block in part)
            (project / f"inventory/{key}/{name}.yaml").write_text(f"{key}:\n{body}", "utf-8")
    shuffled = render(project, tmp_path / "build")
    shuffled.pop("manifest.json")
    assert shuffled == {k: v for k, v in reference.items() if k != "manifest.json"}


def test_rendering_twice_gives_the_same_build_and_no_new_numbers(reference, tmp_path):
    project = copy_project(tmp_path / "project")
    render(project, tmp_path / "build")
    ledger = (project / "inventory/ledger.lock").read_bytes()
    assert render(project, tmp_path / "build", "--locked") == reference
    assert (project / "inventory/ledger.lock").read_bytes() == ledger
