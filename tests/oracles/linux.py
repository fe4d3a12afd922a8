"""The programs that will read a Linux router's files, asked what they think of them.

Each function returns the program's complaint, or None. Everything runs in a network namespace of its own:
nothing on this machine is configured. What an oracle cannot see is listed in BLIND, and tests of ours look.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support import component

BLIND = {
    "frr": "`ip route P N bfd` is read as a route through an interface named bfd; interfaces, VRFs, lists, "
    "maps and BFD profiles that do not exist are accepted; OSPF keys are cut to 16 characters without a "
    "word; `match ip` beside `match ipv6` in one route map entry never matches",
    "nft": "interface names need not exist",
    "swanctl": "addresses and if_ids are not checked against interfaces",
    "pppd": "chap-secrets is only read when somebody logs in",
}


def _run(*command: str | Path, timeout: int = 60, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an empty network namespace, as root in it."""
    unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    return subprocess.run(
        [*unshare, *(str(c) for c in command)],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env=os.environ | environment,
    )


@contextmanager
def _file(text: str, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, "utf-8")
        yield path


def frr(text: str) -> str | None:
    vtysh = component("vtysh", package="frr")
    with _file(text, "frr.conf") as file:
        done = _run(vtysh, "-C", "-f", file)
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip()


def nft(text: str) -> str | None:
    program = component("nft", package="nftables")
    with _file(text, "rules.nft") as file:
        done = _run(program, "-c", "-f", file)
    return None if done.returncode == 0 else done.stderr.strip()


def keepalived(text: str, interfaces: list[str]) -> str | None:
    """Interfaces must exist, so they are made, as bridges, in the namespace."""
    program = component("keepalived", package="keepalived")
    made = "".join(f"ip link add {name} type bridge; " for name in interfaces)
    with _file(text, "keepalived.conf") as file:
        done = _run("sh", "-c", f"{made} exec {program} -t -f {file}")
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip()


def pppd(text: str) -> str | None:
    """All options, the PPPoE plugin's too: it wants its port, here a stand-in, and a /dev/ppp to open.

    A server's options also want that somebody could log in.
    """
    program = component("pppd", package="ppp")
    port = next((line[4:] for line in text.splitlines() if line.startswith("nic-")), "")
    with _file(text, "options") as file:
        devices = file.parent / "dev"
        shown = ("null", "zero", "random", "urandom")
        script = "".join(
            (
                f"mkdir {devices}; ",
                *(f"touch {devices}/{d}; mount --bind /dev/{d} {devices}/{d}; " for d in shown),
                f"touch {devices}/ppp; mount --bind /dev/null {devices}/ppp; mount --rbind {devices} /dev; ",
                f"echo '* * x *' > {file}.secrets; mount --bind {file}.secrets /etc/ppp/chap-secrets; ",
                f"ip link add {port} type veth peer name zpeer; " if port else "",
                f"exec {program} file {file} dryrun nodetach{'' if port else ' pty true'}",
            )
        )
        done = _run("unshare", "--mount", "sh", "-c", script)
    said = (done.stdout + done.stderr).replace("Plugin rp-pppoe.so loaded.", "").strip()
    return None if done.returncode == 0 else said or f"exit code {done.returncode}"


def systemd(units: dict[str, str]) -> str | None:
    """Units by their path below /etc/systemd/system, the programs they start being taken for granted."""
    analyze = component("systemd-analyze", package="systemd")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in units.items():
            path = root / "etc/systemd/system" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            for line in text.splitlines():
                if line.startswith("Exec") and (words := line.partition("=")[2].split()):
                    program = root / words[0].lstrip("-+!@").lstrip("/")
                    program.parent.mkdir(parents=True, exist_ok=True)
                    program.write_text("#!/bin/sh\n")
                    program.chmod(0o755)
        own = [n for n in units if "/" not in n]
        done = _run(analyze, "--man=no", f"--root={root}", "verify", *own)
    # Units of other packages that ours wait for are not below this root.
    complaints = [line for line in done.stderr.splitlines() if "not found" not in line]
    return "\n".join(complaints).strip() or None


def swanctl(texts: dict[str, str]) -> dict[str, str | None]:
    """The verdict of one private charon on several swanctl.conf files, by name."""
    charon = component("charon-systemd", package="charon-systemd")
    program = component("swanctl", package="strongswan-swanctl")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        socket = f"unix://{root}/vici"
        _certificates(root, "\n".join(texts.values()))
        (root / "strongswan.conf").write_text(
            "charon-systemd {\n load = random nonce openssl pem pkcs1 pkcs8 x509 pubkey constraints "
            "revocation kernel-netlink socket-default vici aes sha1 sha2 hmac kdf gmp curve25519 updown\n"
            " port = 0\n port_nat_t = 0\n install_routes = no\n"
            f" plugins {{ vici {{ socket = {socket} }} }}\n journal {{ default = -1 }}\n}}\n"
            "swanctl { load = random nonce openssl pem pkcs1 pkcs8 x509 pubkey }\n"
        )
        environment = {"STRONGSWAN_CONF": str(root / "strongswan.conf"), "SWANCTL_DIR": str(root)}
        daemon = subprocess.Popen(
            ["unshare", "--net", str(charon)],
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(100):
                if (root / "vici").exists():
                    break
                time.sleep(0.1)
            verdicts: dict[str, str | None] = {}
            for name, text in texts.items():
                (root / "swanctl.conf").write_text(text)
                done = subprocess.run(
                    [program, "--load-all", "--noprompt", "--file", root / "swanctl.conf", "--uri", socket],
                    env=os.environ | environment,
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=120,
                )
                said = done.stdout + done.stderr
                bad = done.returncode != 0 or "discarded" in said
                verdicts[name] = said.strip() if bad else None
            return verdicts
        finally:
            daemon.terminate()
            daemon.wait(timeout=20)


def _certificates(root: Path, text: str) -> None:
    """The certificates that remote-access connections name: made for the occasion, signed by themselves."""
    for folder in ("x509", "x509ca", "private", "conf.d"):
        (root / folder).mkdir()
    named = {
        (folder, line.partition("=")[2].strip())
        for line in text.splitlines()
        for key, folder in (("certs =", "x509"), ("cacerts =", "x509ca"))
        if line.strip().startswith(key)
    }
    openssl = shutil.which("openssl") or "openssl"
    for folder, name in named:
        subprocess.run(
            [
                *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", f"/CN={name}", "-keyout", root / "private" / name, "-out", root / folder / name),
            ],
            check=True,
            capture_output=True,
        )
