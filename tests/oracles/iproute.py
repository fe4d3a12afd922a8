"""ip, bridge and tc run the batches for real, on stand-ins in a network namespace of their own.

Kernels without 802.1Q, VRF, XFRM interfaces or flower are common in containers. So every interface a batch
names is made beforehand of a kind that any kernel has: `link add` then fails with "File exists", after ip has
read the whole line. What only the right kernel can say (does the filter match, is the zone closed) is BLIND.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from support import component

BLIND = "kernel objects of kinds this kernel lacks: their lines are parsed, not executed"

_FAILED = re.compile(r"^Command failed (\S+):(\d+)$")
_LACKS = {
    "ip": set(),
    "bridge": {"RTNETLINK answers: Operation not supported"},  # VLAN filtering
    "tc": {
        "Error: TC classifier not found.",
        "Error: Specified qdisc kind is unknown.",
        "Error: Failed to load TC action module.",
        # what follows from a line that the kernel could not carry out
        "Error: Parent Qdisc doesn't exists.",
        "Error: Failed to find specified qdisc.",
        "We have an error talking to the kernel",
    },
}


def ip(text: str) -> str | None:
    """What ip says about an `ip -force -batch` file, or None."""
    complaints = []
    for line, said in _run("ip", text):
        if not (line.startswith("link add ") and said == "RTNETLINK answers: File exists"):
            complaints.append(f"{line}: {said}")
    return "\n".join(complaints) or None


def bridge(text: str) -> str | None:
    """What bridge says about a `bridge -force -batch` file, or None."""
    return _refused("bridge", text)


def tc(text: str) -> str | None:
    """What tc says about a `tc -batch` file, or None."""
    return _refused("tc", text)


def _refused(program: str, text: str) -> str | None:
    bad = [
        f"{line}: {said}"
        for line, said in _run(program, text)
        if not set(said.split("\n")) <= _LACKS[program]
    ]
    return "\n".join(bad) or None


def _run(program: str, text: str) -> list[tuple[str, str]]:
    """(line, what the program said about it) for each line it could not carry out."""
    path = component(program, package="iproute2")
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder) / "batch"
        batch.write_text(text, "utf-8")
        script = f"{_stand_ins(program, text)}exec {path} -force -batch {batch}"
        unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
        done = subprocess.run(
            [*unshare, "sh", "-c", script], capture_output=True, text=True, check=False, timeout=120
        )
    lines = text.splitlines()
    found, said = [], []
    for row in done.stderr.splitlines():
        failed = _FAILED.match(row)
        if failed:
            found.append((lines[int(failed[2]) - 1], "\n".join(said)))
            said = []
        elif row.strip():
            said.append(row.strip())
    if said:  # ip and tc end at a word they do not know, without naming the line
        found.append(("(unnamed line)", "\n".join(said)))
    return found


def _stand_ins(program: str, text: str) -> str:
    """Commands that make an interface for every name in the batch: bridges to enslave to, else veth."""
    masters = set(re.findall(r"^link add name (\S+) type (?:vrf|bridge)\b", text, re.MULTILINE))
    named = set(re.findall(r"\b(?:dev|name|link) (?!add\b|set\b)(\S+)", text)) - masters
    made = [f"ip link add {name} type bridge" for name in sorted(masters)]
    made += [f"ip link add {n} type veth peer name z{i}" for i, n in enumerate(sorted(named))]
    if program == "bridge":
        made += ["ip link add zbr type bridge", *(f"ip link set {name} master zbr" for name in sorted(named))]
    return "".join(f"{command} 2>/dev/null; " for command in made)
