"""Chromium's managed policies, judged by the installed Chromium.

`check` asks a browser once per test process which policies it knows, and of what type. `problems` starts one
with the file in place (in a mount namespace of its own, so the machine's /etc/chromium stays as it is) and
reads what chrome://policy says about each policy.
"""

import json
import os
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

from support import component

_TYPES = {"boolean": bool, "integer": int, "string": str, "list": list, "dictionary": dict}

_TYPES_OF_TEST_PAGE = """import('chrome://resources/js/load_time_data.js')
    .then(m => m.loadTimeData.getValue('initialSchema'))"""

_SHOWN = """new Promise(async done => {
    const cr = await import('chrome://resources/js/cr.js');
    cr.addWebUiListener('policies-updated', (names, values) => done(JSON.stringify({names, values})));
    chrome.send('listenPoliciesUpdates');
})"""


def check(text: str) -> str | None:
    """The first policy this Chromium would not take as it stands, or None."""
    try:
        policies = json.loads(text)
    except ValueError as error:
        return f"not JSON: {error}"
    for name, value in policies.items():
        if name not in known():
            return f"{name}: this Chromium knows no such policy"
        wanted = known()[name]
        if wanted and type(value) is not _TYPES[wanted]:
            return f"{name}: {value!r} is no {wanted}"
    return None


def problems(text: str) -> dict[str, str]:
    """What chrome://policy reports about a policies file that is really in place: {policy: message}."""
    applied = applied_policies(text)
    found = {name: "not applied" for name in json.loads(text) if name not in applied}
    for name, entry in applied.items():
        remarks = {key: entry[key] for key in ("error", "warning", "deprecated", "ignored") if entry.get(key)}
        if remarks:
            found[name] = str(remarks)
    return found


def applied_policies(text: str) -> dict[str, dict[str, object]]:
    """Everything chrome://policy shows for a policies file: {policy: {value, error, …}}."""
    with tempfile.TemporaryDirectory() as etc:
        managed = Path(etc) / "policies/managed"
        managed.mkdir(parents=True)
        (managed / "zx-egov.json").write_text(text, "utf-8")
        mount = 'mount --bind "$0" /etc/chromium && exec "$@"'
        namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
        shown = json.loads(_evaluate("chrome://policy/", _SHOWN, *namespace, "sh", "-c", mount, etc))
    return shown["values"]["policyGroups"]["chrome"]["policies"]


@cache
def known() -> dict[str, str]:
    """The policies this Chromium knows on this system: {name: type}.

    Type "" for the few that its policy test page does not take, such as HomepageLocation.
    """
    names = json.loads(_evaluate("chrome://policy/", _SHOWN))["names"]["chrome"]["policyNames"]
    types = json.loads(_evaluate("chrome://policy/test", _TYPES_OF_TEST_PAGE))["chrome"]
    return dict.fromkeys(names, "") | types


# --- a browser on a pipe ----------------------------------------------------------------------


def _evaluate(page: str, script: str, *wrapper: str) -> str:
    """Start a headless Chromium, open the page, return what the script's promise gives."""
    chromium = component("/usr/lib/chromium/chromium", package="chromium")
    to_browser, from_us = os.pipe()
    from_browser, to_us = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # The DevTools protocol speaks on descriptors 3 and 4.
        redirect = f'exec "$@" 3</dev/fd/{to_browser} 4>/dev/fd/{to_us}'
        flags = ["--headless", "--no-sandbox", "--no-first-run", "--disable-gpu", "--remote-debugging-pipe"]
        browser = subprocess.Popen(
            [*wrapper, "sh", "-c", redirect, "sh", chromium, *flags, f"--user-data-dir={profile}"],
            pass_fds=(to_browser, to_us),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(to_us)
        try:
            with os.fdopen(from_us, "wb", 0) as send, os.fdopen(from_browser, "rb", 0) as receive:
                return _Pipe(send, receive).evaluate(page, script)
        finally:
            browser.terminate()
            browser.wait(30)


class _Pipe:
    """The DevTools protocol: JSON messages, each ended by NUL."""

    def __init__(self, send, receive):
        self.send, self.receive, self.pending, self.number = send, receive, b"", 0

    def call(self, method, session=None, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        self.send.write(json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            while b"\0" not in self.pending:
                data = self.receive.read(65536)
                if not data:
                    raise RuntimeError("Chromium ended")
                self.pending += data
            answer, _, self.pending = self.pending.partition(b"\0")
            answer = json.loads(answer)
            if answer.get("id") == self.number:
                return answer.get("result", answer)

    def evaluate(self, page, script):
        target = self.call("Target.createTarget", url=page)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        deadline = time.monotonic() + 30
        while self.value(session, "document.readyState + location.href") != "complete" + page:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{page} did not load")
            time.sleep(0.05)
        return self.value(session, script)

    def value(self, session, script):
        answer = self.call(
            "Runtime.evaluate", session, expression=script, returnByValue=True, awaitPromise=True
        )
        return answer.get("result", {}).get("value")
