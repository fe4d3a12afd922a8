"""The command line as its users meet it: exit codes, JSON shapes, where options may stand, both languages."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

ZXNET = Path(sys.executable).with_name("zxnet")


def run(
    *arguments: str | Path, project: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [ZXNET, *arguments] if project is None else [ZXNET, "--project", project, *arguments]
    return subprocess.run(
        [str(c) for c in command],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1"} | environment,
    )


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the sample county, templates included, without a build."""
    for name in ("inventory", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "county" / name)
    shutil.copy(ROOT / "tiers.yaml", tmp_path / "county")
    return tmp_path / "county"


def test_check_of_the_sample_passes():
    done = run("check", project=ROOT)
    assert done.returncode == 0, done.stdout
    assert "units and 7 facility devices are valid" in done.stderr


def test_check_json_is_a_list_of_placed_problems(project):
    file = project / "inventory/townships.yaml"
    file.write_text(file.read_text("utf-8").replace("terminals: 45", "terminals: 0"), "utf-8")
    done = run("check", "--json", project=project)
    assert done.returncode == 2
    problems = json.loads(done.stdout)
    error = next(p for p in problems if p["severity"] == "error")
    assert set(error) == {"file", "line", "column", "severity", "code", "message", "hint"}
    line = file.read_text("utf-8").splitlines()[error["line"] - 1]
    assert line[error["column"] - 1 :].startswith("0")


def test_tiers_json_has_the_promised_keys():
    rows = json.loads(run("tiers", "--json", project=ROOT).stdout)
    assert len(rows) == 92
    promised = {
        "unit", "name", "kind", "terminals", "tier", "medium", "down_kbps", "up_kbps", "ordered", "reason",
    }  # fmt: skip
    assert all(promised <= row.keys() for row in rows)
    assert [r["kind"] for r in rows[:28]] == ["township"] * 28


@pytest.mark.parametrize(
    ("terminals", "tier", "medium", "down"),
    [
        (1, "adsl-2m", "adsl", 2048),
        (10, "adsl-2m", "adsl", 2048),
        (11, "fibre-10m", "fibre", 10240),
        (30, "fibre-10m", "fibre", 10240),
        (31, "fibre-100m", "fibre", 102400),
    ],
)
def test_the_plan_s_thresholds(terminals, tier, medium, down):
    """1台至10台, 11台至30台, 31台以上 (seed 四(二))."""
    rows = json.loads(run("tiers", "--json", project=ROOT).stdout)
    found = [r for r in rows if r["terminals"] == terminals]
    assert found
    for row in found:
        assert row["tier"] == tier
        assert (row["medium"], row["down_kbps"]) in {(medium, down), ("fibre", down)}


def test_a_mistyped_unit_gets_a_hint():
    done = run("tiers", "wufng", project=ROOT)
    assert done.returncode == 2
    assert "wufeng" in done.stderr
    assert "Traceback" not in done.stderr


def test_render_writes_a_build_whose_manifest_holds(project, tmp_path):
    import hashlib

    done = run("render", "-o", tmp_path / "build", "--json", project=project)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    manifest = json.loads((tmp_path / "build/manifest.json").read_text())
    assert set(manifest) == {"schema", "version", "scope", "inputs", "artifacts"}
    assert len(manifest["artifacts"]) == result["artifacts"]
    for entry in manifest["artifacts"]:
        assert (
            hashlib.sha256((tmp_path / "build" / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
        )
    for path, digest in manifest["inputs"].items():
        assert hashlib.sha256((project / path).read_bytes()).hexdigest() == digest, path
    roles = {a["role"] for a in manifest["artifacts"]}
    assert roles == {"cpe", "router", "vpn", "backup", "oa-client"}


def test_no_secret_but_references_stand_in_a_build(project, tmp_path):
    run("render", "-o", tmp_path / "build", project=project)
    text = "".join(
        p.read_text("utf-8") for p in (tmp_path / "build").rglob("*") if p.is_file() and p.suffix != ".reg"
    )
    assert text.count("<secret:") > 500
    for word in ("BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE KEY", "BEGIN EC PRIVATE KEY"):
        assert word not in text


def test_an_invalid_project_leaves_the_last_build_alone(project, tmp_path):
    run("render", "-o", tmp_path / "build", project=project)
    before = (tmp_path / "build/manifest.json").read_bytes()
    file = project / "inventory/townships.yaml"
    file.write_text(file.read_text("utf-8").replace("terminals: 45", "terminals: -1"), "utf-8")
    done = run("render", "-o", tmp_path / "build", project=project)
    assert done.returncode == 2
    assert "inventory/townships.yaml:" in done.stderr
    assert (tmp_path / "build/manifest.json").read_bytes() == before


def test_locked_refuses_to_give_numbers(project, tmp_path):
    (project / "inventory/ledger.lock").unlink(missing_ok=True)
    done = run("render", "--locked", "-o", tmp_path / "build", project=project)
    assert done.returncode == 4
    assert not (tmp_path / "build").exists()
    assert not (project / "inventory/ledger.lock").exists()


def test_a_folder_that_is_no_build_is_refused(project, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/thesis.txt").write_text("mine")
    done = run("render", "-o", tmp_path / "home", project=project)
    assert done.returncode == 4
    assert (tmp_path / "home/thesis.txt").read_text() == "mine"


def test_some_units_can_be_rendered_alone(project, tmp_path):
    done = run("render", "wufeng", "hub", "-o", tmp_path / "some", project=project)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "some").iterdir()} == {"wufeng", "hub", "manifest.json"}
    assert json.loads((tmp_path / "some/manifest.json").read_text())["scope"] == ["hub", "wufeng"]
    assert run("render", "wufng", "-o", tmp_path / "none", project=project).returncode == 2


def test_set_changes_one_value_and_gives_numbers(project):
    file = project / "inventory/townships.yaml"
    before = file.read_text("utf-8")
    assert run("set", "wufeng", "terminals", "46", project=project).returncode == 0
    assert file.read_text("utf-8") == before.replace("terminals: 45", "terminals: 46")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("terminals", "0", 2), ("terminals", "4.5", 2), ("nonsense", "1", 2), ("cpe.model", "AR652", 2)],
)
def test_set_refuses_what_would_be_invalid(project, key, value, code):
    before = (project / "inventory/townships.yaml").read_bytes()
    done = run("set", "wufeng", key, value, project=project)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (project / "inventory/townships.yaml").read_bytes() == before


def test_a_new_unit_is_planned_and_has_its_numbers(project):
    run("render", "-o", project.parent / "build", project=project)
    before = set((project / "inventory/ledger.lock").read_text().splitlines())
    done = run(
        "new", "unit", "nanguang", "--name", "南广镇: 'x' #1", "--name-en", "Nanguang", "--terminals", "9",
        "--platform", "linux", "--model", "x86-4p", "--release", "debian-12", project=project,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    after = set((project / "inventory/ledger.lock").read_text().splitlines())
    assert before <= after
    assert {line.split()[:2][1] for line in after - before} == {"nanguang", "nanguang-cpe1"}
    row = json.loads(run("tiers", "nanguang", "--json", project=project).stdout)[0]
    assert (row["name"], row["tier"], row["ordered"]) == ("南广镇: 'x' #1", "adsl-2m", None)


def test_global_options_may_stand_anywhere():
    first = run("--json", "--project", ROOT, "tiers", "wufeng")
    last = run("tiers", "wufeng", "--project", ROOT, "--json")
    assert first.stdout == last.stdout
    assert json.loads(first.stdout)[0]["unit"] == "wufeng"


def test_chinese_is_spoken_everywhere(project):
    assert "档次" in run("tiers", "--lang", "zh", project=ROOT).stdout
    file = project / "inventory/townships.yaml"
    file.write_text(file.read_text("utf-8").replace("terminals: 45", "terminals: 0"), "utf-8")
    done = run("check", project=project, ZXNET_LANG="zh")
    assert "错误" in done.stdout


@pytest.mark.parametrize("columns", ["80", "120"])
def test_tables_fit_the_terminal(columns):
    import unicodedata

    def width(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)

    done = run("tiers", project=ROOT, COLUMNS=columns)
    assert max(width(line) for line in done.stdout.splitlines() if "." not in line) <= int(columns)


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("render", "--jobs", "0"), ("--lang", "de", "check"), ("tiers", "--frob")]
)
def test_bad_usage_is_exit_code_two_without_a_traceback(arguments):
    done = run(*arguments, project=ROOT)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy():
    """`zxnet --help` answers at once because it imports neither pydantic, YAML, Jinja2 nor rich."""
    code = (
        "import sys\nsys.argv = ['zxnet', '--help']\nfrom zxnet.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'yaml', 'jinja2', 'rich', 'asyncio'} & sys.modules.keys()\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "render" in done.stdout


def test_a_closed_pipe_is_not_an_error():
    command = f"{ZXNET} --project {ROOT} tiers --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_the_steps_of_the_guide_work(project):
    """docs/add-a-unit.md, as written: the commands of its first two blocks but for git."""
    import shlex

    guide = (ROOT / "docs/add-a-unit.md").read_text("utf-8")
    blocks = [line[4:] for line in guide.splitlines() if line.startswith("    ")]
    commands = "\n".join(blocks).replace("\\\n", " ").splitlines()
    done = []
    for command in commands:
        words = shlex.split(command, comments=True)
        if words[0] == "zxnet":
            result = run(
                *words[1:], *(("-o", project.parent / "b") if "render" in words else ()), project=project
            )
            assert result.returncode == 0, (command, result.stderr)
            done.append(words[1])
    assert done == ["new", "tiers", "set", "check", "render", "set"]
    assert (project.parent / "b/tiyuju/tiyuju-cpe1/frr.conf").is_file()
    assert run("set", "tiyuju", "state", project=project).returncode == 2
