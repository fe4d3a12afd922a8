"""Every message zxnet has for bad input, as a person sees it.

A case is `<case>.yaml`, a small deviation from `tests/projects/minimal`:

    why: what is wrong, in one line
    edits: {file: [[old, new], …]}   the first occurrence of `old` is replaced
    files: {file: text}              written whole
    remove, folders: [path, …]       taken away; made as empty folders
    links: {path: target}            symbolic links
    encode: {file: codec}            saved in another encoding
    pad: {file: MiB}                 filled up with comments

and `<case>.txt`, what `zxnet check` prints. ZXNET_GOLDEN=1 writes the .txt anew: read the difference.
"""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT

from zxnet.cli.context import Context
from zxnet.problems import Problem
from zxnet.project import check_project

HERE = ROOT / "tests/errors"
CASES = sorted(path.stem for path in HERE.glob("*.yaml"))
UPDATE = os.environ.get("ZXNET_GOLDEN") == "1"


def build(case: dict[str, Any], root: Path) -> None:
    """The minimal project in `root`, deviated."""
    shutil.copytree(ROOT / "tests/projects/minimal", root)
    for file, edits in case.get("edits", {}).items():
        text = (root / file).read_text("utf-8")
        for old, new in edits:
            assert old in text, f"{file} has no {old!r}"
            text = text.replace(old, new, 1)
        (root / file).write_bytes(text.encode())
    for path in case.get("remove", ()):
        (root / path).unlink()
    for path in case.get("folders", ()):
        (root / path).mkdir()
    for file, text in case.get("files", {}).items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text, "utf-8")
    for path, target in case.get("links", {}).items():
        (root / path).symlink_to(target)
    for file, codec in case.get("encode", {}).items():
        (root / file).write_bytes((root / file).read_text("utf-8").encode(codec))
    for file, size in case.get("pad", {}).items():
        with (root / file).open("a", encoding="utf-8") as padded:
            padded.write(("#" * 127 + "\n") * (size * 8192))


def problems(name: str, root: Path) -> list[Problem]:
    case = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    assert set(case) <= {"why", "edits", "files", "remove", "folders", "links", "encode", "pad"}
    assert case["why"]
    build(case, root)
    return check_project(root)[2]


def printed(root: Path, found: list[Problem], lang: Any = "en") -> str:
    out = io.StringIO()
    Context(root, json=False, lang=lang, verbosity=0).print_problems(found, stream=out)
    return out.getvalue()


def test_the_base_has_no_problem(tmp_path: Path):
    build({}, tmp_path / "p")
    assert check_project(tmp_path / "p")[2] == []


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path):
    found = problems(name, tmp_path / "p")
    assert found, "the deviation is not noticed"
    text = printed(tmp_path, found)
    golden = HERE / f"{name}.txt"
    if UPDATE:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
    assert printed(tmp_path, found, "zh").count("\n") >= len(found)
    for problem in found:
        assert all(isinstance(value, str) for value in problem.params.values())
        assert problem.place.file
        line = problem.message("en") + problem.hint("en") + str(problem.place)
        assert line.isprintable()  # nothing from the file reaches a terminal as a command


def test_no_golden_is_left_over():
    assert {path.stem for path in HERE.glob("*.txt")} == set(CASES)


def test_every_finding_of_the_inventory_has_a_case(tmp_path: Path):
    """What no file can bring about is tested where it is made (tests/inventory)."""
    messages = yaml.safe_load((ROOT / "zxnet/messages/en.yaml").read_text("utf-8"))
    spoken = ("argument.", "render.", "build.", "ledger.locked", "nearest")  # commands, not files
    wanted = {code for code in messages if not code.startswith(spoken)} - ELSEWHERE
    produced = set()
    for name in CASES:
        produced |= {problem.code for problem in problems(name, tmp_path / name)}
    assert wanted - produced == set()
    assert produced & ELSEWHERE == set()


ELSEWHERE = {
    "file.outside",  # no key holds a path to read
    "file.unreadable",  # tests may run as root, who reads everything
    "schema.invalid",  # for kinds of errors pydantic does not have today
    "device.function",  # these four depend on what a platform lacks, which may change
    "device.not_rendered",
    "device.no_zones",
    "device.algorithm",
}
