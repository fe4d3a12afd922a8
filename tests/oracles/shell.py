"""Shell scripts, judged by sh itself and shellcheck."""

import subprocess

from support import component


def check(text: str) -> str | None:
    """What is wrong with a POSIX shell script, or None."""
    for command in (
        ["sh", "-n"],
        # Without its notes: one is about "$" within single quotes, where a hostile name may have it.
        [
            component("shellcheck", package="shellcheck"),
            "--severity=warning",
            "--shell=sh",
            "--format=gcc",
            "-",
        ],
    ):
        result = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        if result.returncode or result.stderr:
            return (result.stdout + result.stderr).decode().strip()
    return None
