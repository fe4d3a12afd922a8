"""Proxy auto-configuration files, judged by pacparser (the `pactester` of Debian's libpacparser1)."""

import json
import subprocess
from collections.abc import Mapping

from support import component

_FIXTURE = """
;(function () {
  var find = FindProxyForURL, cases = %s, results = [];
  function looked_up(name) { throw "DNS look-up of " + name; }
  dnsResolve = dnsResolveEx = isResolvable = isResolvableEx = looked_up;
  myIpAddress = myIpAddressEx = function () { throw "asks for the terminal's own address"; };
  FindProxyForURL = function () {
    for (var i = 0; i < cases.length; i++) {
      try { results.push("= " + find(cases[i][0], cases[i][1])); }
      catch (error) { results.push("! " + error); }
    }
    return results.join("\\n");
  };
})();
"""


def check(text: str, expected: Mapping[tuple[str, str], str]) -> str | None:
    """What a PAC file gets wrong, or None. `expected` is {(url, host): answer}; host as a browser passes it.

    A file that does not parse, throws, or would look a name up is wrong, whatever it answers.
    """
    try:
        answers = find_proxy(text, list(expected))
    except ValueError as error:
        return str(error)
    for (url, host), answer in zip(expected, answers, strict=True):
        if answer != f"= {expected[url, host]}":
            return f"{url}: {answer}"
    return None


def find_proxy(text: str, cases: list[tuple[str, str]]) -> list[str]:
    """`= answer` or `! error` of the file for each (url, host), in one run of one process.

    The fixture calls the file's function itself: pactester cuts an IPv6 host at its first colon.
    """
    pactester = component("pactester", package="libpacparser1")
    result = subprocess.run(
        [pactester, "-p", "-", "-u", "http://fixture.example/"],
        input=(text + _FIXTURE % json.dumps(cases)).encode(),
        capture_output=True,
        check=False,
    )
    if result.returncode or result.stderr:
        raise ValueError(result.stderr.decode().strip())
    return result.stdout.decode().removesuffix("\n").split("\n")
