"""A build is the old one or the new one, never something between (design §6.5)."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import SOAK

from zxnet.errors import Refused
from zxnet.render.build import write_build
from zxnet.render.engine import Artifact

KILLS = 200 if SOAK else 12


def artifact(owner: str, text: str, name: str = "config.cfg") -> Artifact:
    return Artifact(f"{owner}/{name}", owner, owner, "cpe", "cpe", "linux", "/etc/x", "frr", text.encode())


def build(out, texts, **options):
    work = sorted(texts)
    return write_build(
        out, {"tiers.yaml": "0" * 64}, None, work, lambda key: [artifact(key, texts[key])], **options
    )


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_build_replaces_the_one_before_whole(tmp_path):
    build(tmp_path / "build", {"a-cpe1": "one\n", "b-cpe1": "two\n"})
    build(tmp_path / "build", {"a-cpe1": "three\n"})
    assert set(files(tmp_path / "build")) == {"a-cpe1/config.cfg", "manifest.json"}
    assert names(tmp_path) == ["build"]


def test_the_manifest_names_every_file_with_its_hash(tmp_path):
    import hashlib

    build(tmp_path / "build", {"a-cpe1": "one\n", "b-cpe1": "two\n"})
    manifest = json.loads((tmp_path / "build/manifest.json").read_text())
    assert {a["path"] for a in manifest["artifacts"]} == {"a-cpe1/config.cfg", "b-cpe1/config.cfg"}
    for entry in manifest["artifacts"]:
        data = (tmp_path / "build" / entry["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert set(entry) == {
            "path", "sha256", "owner", "device", "function", "role", "platform", "target", "dialect",
        }  # fmt: skip


@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_bytes_do_not_depend_on_the_number_of_workers(tmp_path, jobs):
    texts = {f"u{i}-cpe1": f"text {i}\n" * 5 for i in range(20)}
    build(tmp_path / "one", texts)
    build(tmp_path / "many", texts, jobs=jobs)
    assert files(tmp_path / "one") == files(tmp_path / "many")


def test_a_failure_midway_leaves_the_old_build(tmp_path):
    build(tmp_path / "build", {"a-cpe1": "one\n"})
    before = files(tmp_path / "build")

    def failing(key):
        yield artifact(key, "new\n")
        raise RuntimeError("midway")

    with pytest.raises(RuntimeError):
        write_build(tmp_path / "build", {}, None, ["a-cpe1", "b-cpe1"], failing)
    assert files(tmp_path / "build") == before
    assert names(tmp_path) == ["build"]


@pytest.mark.parametrize("content", ["notes.txt", "src/main.py"])
def test_a_folder_that_is_no_build_is_not_touched(tmp_path, content):
    file = tmp_path / "out" / content
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(Refused) as refused:
        build(tmp_path / "out", {"a-cpe1": "one\n"})
    assert refused.value.problems[0].code == "build.not_a_build"
    assert file.read_text() == "mine"


def test_an_empty_folder_may_become_a_build(tmp_path):
    (tmp_path / "out").mkdir()
    build(tmp_path / "out", {"a-cpe1": "one\n"})
    assert (tmp_path / "out/manifest.json").is_file()


def test_without_atomic_exchange_a_kill_between_the_renames_is_mended(tmp_path, monkeypatch):
    monkeypatch.setattr("zxnet.render.build._exchange", lambda _a, _b: False)
    build(tmp_path / "build", {"a-cpe1": "one\n"})
    (tmp_path / "build").rename(tmp_path / ".build.old")  # killed after the first rename
    build(tmp_path / "build", {"a-cpe1": "two\n"})
    assert files(tmp_path / "build")["a-cpe1/config.cfg"] == b"two\n"
    assert names(tmp_path) == ["build"]


WRITER = """
import sys
sys.path[:0] = {path!r}
from test_build import build
from pathlib import Path
generation = 0
while True:
    generation += 1
    build(Path({out!r}), {{f"u{{i}}-cpe1": f"{{generation}}\\n" for i in range(30)}})
    print(generation, flush=True)
"""


def test_killed_at_any_moment_the_build_is_of_one_generation(tmp_path):
    """SIGKILL at random instants; each time what is there is whole, and the next render works."""
    import random

    chance = random.Random(627)
    here = Path(__file__).parent
    code = WRITER.format(path=[str(here), str(here.parent)], out=str(tmp_path / "build"))
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        texts = {v for k, v in files(tmp_path / "build").items() if k != "manifest.json"}
        assert len(texts) == 1
        manifest = json.loads((tmp_path / "build/manifest.json").read_text())
        assert len(manifest["artifacts"]) == 30
    build(tmp_path / "build", {"a-cpe1": "last\n"})
    assert names(tmp_path) == ["build"]
