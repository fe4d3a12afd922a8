"""FRR's daemons themselves read a frr.conf, and say what they made of it.

`vtysh -C` knows the grammar; the daemons also know limits, defaults and what a line replaces. They run with
network, mounts and processes of their own, and end with the last of them. Only root may start them.
"""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from support import component

_DAEMONS = ("zebra", "staticd", "bfdd", "bgpd", "ospfd", "ospf6d")

_SCRIPT = """
set -e
for folder in /run /etc/frr /var/tmp; do mount -t tmpfs private $folder; done
mkdir /run/frr
cp {conf} /etc/frr/frr.conf
echo 'service integrated-vtysh-config' > /etc/frr/vtysh.conf
chown -R frr:frr /run/frr /etc/frr
for daemon in {daemons}; do {folder}/$daemon -d -P 0 > /dev/null 2>&1; done
for daemon in {daemons}; do
  for _ in $(seq 100); do [ -S /run/frr/$daemon.vty ] && break; sleep 0.1; done
done
vtysh -b > /dev/null
exec vtysh -c 'show running-config'
"""


def running_config(text: str) -> str:
    """`show running-config` after the daemons read this frr.conf; skips where nobody may start them."""
    if os.geteuid() != 0:
        pytest.skip("needs root: FRR's daemons change to the user frr")
    folder = component("/usr/lib/frr/bgpd", package="frr").parent
    with tempfile.TemporaryDirectory() as scratch:
        conf = Path(scratch) / "frr.conf"
        conf.write_text(text, "utf-8")
        done = subprocess.run(
            [
                *("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
                *("sh", "-c", _SCRIPT.format(conf=conf, folder=folder, daemons=" ".join(_DAEMONS))),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    return done.stdout
