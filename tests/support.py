"""What tests of several folders share: `from support import SOAK, component`."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SOAK = os.environ.get("ZXNET_SOAK") == "1"
"""`make soak`: take the long run and the large input."""

REQUIRE_ALL = os.environ.get("ZXNET_REQUIRE_ALL") == "1"
"""On CI: a missing component fails the test."""

# Daemons and helpers are not on every user's PATH.
_PATH = os.pathsep.join(
    [os.environ.get("PATH", os.defpath), f"{sys.prefix}/bin", "/usr/sbin", "/sbin", "/usr/lib/frr"]
)


def component(name: str, *, package: str) -> Path:
    """The program (or file, if `name` starts with a slash) that a test drives for real.

    Without it the test is skipped, or fails when ZXNET_REQUIRE_ALL=1:

        vtysh = component("vtysh", package="frr")
        schema = component("/usr/lib/firefox-esr/browser/omni.ja", package="firefox-esr")
    """
    __tracebackhide__ = True
    listed = (ROOT / "tools/system-packages.txt").read_text("utf-8")
    if not re.search(rf"^{re.escape(package)}\b(?!-)", listed, re.MULTILINE):
        pytest.fail(f"{package} is not in tools/system-packages.txt, so no machine would install it")
    if name.startswith("/"):
        found = name if Path(name).exists() else None
    else:
        found = shutil.which(name, path=_PATH)
    if found:
        return Path(found)
    reason = f"needs {name}: apt-get install --no-install-recommends {package}"
    if REQUIRE_ALL:
        pytest.fail(reason)
    pytest.skip(reason)
