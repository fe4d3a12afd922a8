"""No text whatever leaves its quotes: each filter against real parsers of its language (design §6.4)."""

import json as jsonlib
import plistlib
import re
import shlex
import subprocess
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hostile import hostile_strings
from hypothesis import given
from hypothesis import strategies as st
from oracles import reg as registry
from oracles.pac import find_proxy
from support import SOAK, component

from zxnet.render import filters
from zxnet.render.filters import FILTERS
from zxnet.text import FreeText, UnquotedTextError

HOSTILE = hostile_strings(50_000 if SOAK else 6_000, seed=52)
ANY = st.text(st.characters(), max_size=200)  # surrogates included


def whole(text: str) -> str:
    """The value a strict reader sees: pairs joined, lone halves replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def desktop_value(line: str) -> str:
    """What a desktop entry reader makes of `Name=…` (string type)."""
    escapes = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda m: escapes[m[1]], line.partition("=")[2].lstrip(" "))


# --- properties of one string -----------------------------------------------------------------


def descr_is_one_plain_line(text):
    assert re.fullmatch(
        r"[A-Za-z0-9,.:/()+_-](?:[A-Za-z0-9 ,.:/()+_-]{0,78}[A-Za-z0-9,.:/()+_-])?", filters.descr(text)
    )


def printable_is_one_visible_line(text):
    line = filters.printable(text)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    categories = {unicodedata.category(c) for c in line}
    assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    line.encode()  # no surrogates
    assert filters.printable(line) == line


def comment_ends_with_its_line(text):
    line = filters.comment(text)
    assert "\n" not in line
    assert not line.endswith("\\")
    assert shlex.split(f"# {line}\nnext", comments=True) == ["next"]


def json_keeps_the_value(text):
    literal = filters.json(text)
    assert jsonlib.loads(literal) == whole(text)
    assert not re.search(r"[<>&\u2028\u2029]|[\x00-\x1f]", literal)
    assert jsonlib.loads(filters.json([text, FreeText(text)])) == [whole(text)] * 2
    literal.encode()


def sh_is_one_word(text):
    assert shlex.split(filters.sh(text)) == [filters.printable(text)]


def xml_is_one_value(text):
    quoted, value = filters.xml(text), filters.printable(text)
    for mark in "\"'":
        element = ET.fromstring(f"<x a={mark}{quoted}{mark}>{quoted}</x>")
        assert (element.text or "", element.get("a"), len(element)) == (value, value, 0)
    document = f'<plist version="1.0"><array><string>{quoted}</string><true/></array></plist>'
    assert plistlib.loads(document.encode()) == [value, True]


def reg_closes_only_at_its_quote(text):
    quoted = filters.reg(text)
    assert re.fullmatch(r'(?:[^"\\\r\n]|\\[\\"])*', quoted)
    assert re.sub(r"\\(.)", r"\1", quoted) == filters.printable(text)


def desktop_is_one_value(text):
    line = f"Name={filters.desktop(text)}"
    assert len(line.splitlines()) == 1
    assert desktop_value(line) == filters.printable(text)


PROPERTIES = [
    descr_is_one_plain_line,
    printable_is_one_visible_line,
    comment_ends_with_its_line,
    json_keeps_the_value,
    sh_is_one_word,
    xml_is_one_value,
    reg_closes_only_at_its_quote,
    desktop_is_one_value,
]


@pytest.mark.parametrize("holds", PROPERTIES)
def test_hostile_strings(holds):
    for text in HOSTILE:
        holds(text)


@pytest.mark.parametrize("holds", PROPERTIES)
@given(text=ANY)
def test_any_string(holds, text):
    holds(text)


# --- the real readers -------------------------------------------------------------------------


def test_sh_itself_reads_each_as_one_word():
    script = "".join(f"printf '%s\\n' {filters.sh(text)} # {filters.comment(text)}\n" for text in HOSTILE)
    output = subprocess.run(["sh"], input=script.encode(), capture_output=True, check=True)
    assert output.stdout.decode().split("\n")[:-1] == [filters.printable(text) for text in HOSTILE]
    assert output.stderr == b""


def test_javascript_reads_each_as_one_string():
    """In pacparser's engine, which takes a file for Latin-1: so is the expected string read."""
    samples = HOSTILE[:6_000]  # its memory is small
    pac = f"""var texts = {filters.json(samples)};
function FindProxyForURL(url, host) {{
  var text = texts[host], units = [];
  for (var i = 0; i < text.length; i++) units.push(text.charCodeAt(i).toString(16));
  return units.join(" ");
}}"""
    answers = find_proxy(pac, [("http://x.example/", str(number)) for number in range(len(samples))])
    for text, answer in zip(samples, answers, strict=True):
        expected = jsonlib.loads(filters.json(text).encode().decode("latin-1"))
        units = memoryview(expected.encode("utf-16-le")).cast("H")
        assert answer == "= " + " ".join(f"{unit:x}" for unit in units)


def test_hivexregedit_stores_each_value_whole():
    samples = hostile_strings(600, seed=9)
    key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Test"
    lines = [
        "Windows Registry Editor Version 5.00",
        *(f"; {filters.comment(text)}" for text in samples),
        f"[{key}]",
        *(f'"v{i}"="{filters.reg(text)}"' for i, text in enumerate(samples)),
    ]
    stored = registry.values("\n".join(lines) + "\n")
    assert stored == {key: {f"v{i}": filters.printable(text) for i, text in enumerate(samples)}}


def test_desktop_file_validate_takes_each(tmp_path):
    validate = component("desktop-file-validate", package="desktop-file-utils")
    files = []
    for number, text in enumerate(hostile_strings(300, seed=3)):
        files.append(tmp_path / f"{number}.desktop")
        name = filters.desktop(text) or "x"
        entry = f"[Desktop Entry]\nType=Application\nName={name}\nName[zh_CN]={name}\nExec=true\n"
        files[-1].write_text(entry, "utf-8")
    result = subprocess.run([validate, "--no-hints", *files], capture_output=True, text=True, check=False)
    errors = [line for line in result.stdout.splitlines() if ": error:" in line]
    assert errors == []


# --- the rest of the contract -----------------------------------------------------------------


@pytest.mark.parametrize("name", FILTERS)
def test_free_text_and_plain_text_are_quoted_alike(name):
    quote = FILTERS[name]
    assert quote(FreeText("乌峰镇 <1>")) == quote("乌峰镇 <1>")


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("value", [None, 1, b"x", {"a": "b"}])
def test_only_text_is_quoted(name, value):
    with pytest.raises(TypeError):
        FILTERS[name](value)


def test_free_text_prints_nothing_by_itself():
    with pytest.raises(UnquotedTextError):
        f"{FreeText('x')}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wufeng Town (seat)", "Wufeng Town (seat)"),
        ("乌峰镇 Wufeng", "Wufeng"),
        ("乌峰镇", "-"),
        ("", "-"),
        ("ＺＸ－０１：乌峰，镇", "ZX-01: ,"),
        ("a;reboot\nb", "a reboot b"),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_descr(text, expected):
    assert filters.descr(text) == expected
