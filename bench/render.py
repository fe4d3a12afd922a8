"""How fast, how large, how linear: `zxnet render` on synthetic counties of 100, 1,000 and 10,000 units.

Whole processes, measured by their own resource usage: CPU seconds (user + system, children included)
and peak RSS compare between machines far better than wall time. Beside it, in the same run, the bound:
plain Jinja2 writing as many 78-line files.

    bench/render.py [UNITS…]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
# In memory where that is possible: creating 100,000 files on a disk costs the kernel 20 to 700 µs each,
# depending on where the folder lies, and that is not what is measured here.
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
ZXNET = Path(sys.executable).with_name("zxnet")


@dataclass(frozen=True)
class Usage:
    wall_s: float
    cpu_s: float
    rss_mib: float


def measure(*command: str | Path) -> Usage:
    """Run a command to its end. Raises when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(c) for c in command])
    wall = time.perf_counter() - start
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Measure each size and print a row for zxnet (twice: new and known ledger) and one for the bound."""
    sizes = [int(a) for a in sys.argv[1:]] or [100, 1_000, 10_000]
    start_up = min((measure(ZXNET, "--help") for _ in range(3)), key=lambda u: u.cpu_s)
    print(f"zxnet --help: {start_up.cpu_s:.2f} CPU-s, {start_up.rss_mib:.0f} MiB\n")
    heads = ("units", "devices", "files", "wall s", "CPU s", "RSS MiB", "dev/CPU-s")
    print(" " * 16 + "".join(f"{head:>11}" for head in heads))
    before: dict[str, tuple[int, float]] = {}
    for units in sizes:
        with tempfile.TemporaryDirectory(dir=SCRATCH) as scratch:
            folder = Path(scratch)
            subprocess.run([sys.executable, PEERS / "county.py", folder / "county", str(units)], check=True)
            render = (ZXNET, "-q", "--project", folder / "county", "render", "-o", folder / "build")
            first, again = measure(*render), measure(*render)
            manifest = json.loads((folder / "build/manifest.json").read_text())
            devices = len({a["device"] for a in manifest["artifacts"] if a["device"]})
            files = len(manifest["artifacts"])
            plain = measure(sys.executable, PEERS / "plain_jinja.py", folder / "plain", str(devices))
        rows = [
            ("zxnet, new", first, files),
            ("zxnet, again", again, files),
            ("plain Jinja2", plain, devices),
        ]
        for label, usage, written in rows:
            rate = devices / usage.cpu_s
            line = f"{label:16}{units:11}{devices:11}{written:11}{usage.wall_s:11.2f}{usage.cpu_s:11.2f}"
            line += f"{usage.rss_mib:11.0f}{rate:11.0f}"
            if label in before:
                last_units, last_cpu = before[label]
                line += f"   {usage.cpu_s / last_cpu:.1f}× CPU for {units / last_units:.0f}× units"
            before[label] = (units, usage.cpu_s)
            print(line)


main()
