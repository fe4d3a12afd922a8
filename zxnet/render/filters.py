"""Quoting filters: free text in, exactly one token or value of the named language out.

The only place that reads `FreeText.raw`. Every filter is total: any `str` whatever (control characters,
quotes, bidirectional overrides, half a surrogate pair) gives a result that its language reads as one
value and that cannot add, end or alter anything around it. All but `json`, which can carry any value,
show people one printable line: line breaks become spaces, invisible characters go.

Character classes are written out below instead of asked of `unicodedata`, whose answers change with the
Python version; a build must be the same bytes everywhere.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from functools import lru_cache
from json import dumps

from zxnet.text import FreeText

__all__ = ["FILTERS", "Text", "comment", "descr", "desktop", "json", "printable", "reg", "sh", "xml"]

Text = FreeText | str

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_FORMATS = (
    # Unicode category Cf: soft hyphen, zero-width and bidirectional controls, tags, …
    r"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
_INVISIBLE = re.compile(rf"[\x00-\x1f\x7f-\x9f{_FORMATS}{_NONCHARACTERS}]")
_JSON_ESCAPED = re.compile(rf"[<>&\x7f-\x9f\u2028\u2029{_FORMATS}{_NONCHARACTERS}]")

_LINE_END = re.compile(r"[\\\s]+\Z")

_DESCR_LENGTH = 80
_DESCR_FOREIGN = re.compile(r"[^A-Za-z0-9,.:/()+_-]+")
_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3001: ",", 0x3002: "."}


_remembered = lru_cache(maxsize=4096)
"""What the county says of itself (banner, bookmarks, zone names) is quoted once, not once a unit."""


def _raw(text: Text) -> str:
    """The text as whole characters: a split surrogate pair is joined, a lone half becomes U+FFFD."""
    if isinstance(text, FreeText):
        text = text.raw
    elif not isinstance(text, str):
        raise TypeError(f"only text can be quoted, not {type(text).__name__}")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@_remembered
def printable(text: Text) -> str:
    """One line without control, format or non-characters and without blanks at its ends."""
    return _INVISIBLE.sub("", _BREAKS.sub(" ", _raw(text))).strip()


@_remembered
def descr(text: Text) -> str:
    """For descriptions and banners on device CLIs: at most 80 of the characters [A-Za-z0-9 ,.:/()+_-].

    The set leaves out what any of our CLIs takes specially: VRP, Comware and IOS `?` (help), `!` and `#`
    (comments), `^` and `%` (banner delimiters, messages), `|` (filters), quotes and backslash; nftables'
    and FRR's likewise. Full-width forms are narrowed, all else becomes a space. Never empty, since a bare
    `description` is an incomplete command: a text with nothing to show is "-".
    """
    ascii_text = _DESCR_FOREIGN.sub(" ", _raw(text).translate(_HALF_WIDTH))
    return ascii_text.strip()[:_DESCR_LENGTH].strip() or "-"


@_remembered
def comment(text: Text) -> str:
    """The rest of a line that the template began with `# `, `// ` or `; `.

    Such comments end at the line's end in every language we print (POSIX Shell Command Language 2.3, YAML
    1.2 6.6, ECMA-262 12.4, strongswan.conf(5), systemd.syntax(7)). A backslash before the end would join
    the next line to it in some readers (nftables, keepalived, hivexregedit), so none is left there. A
    block comment cannot be quoted for: `*/` and `#>` pass.
    """
    return _LINE_END.sub("", printable(text))


def json(value: Text | list[Text] | tuple[Text, ...]) -> str:
    r"""A whole JSON value (RFC 8259), quotes included: a string, or a list of strings.

    The same text is a JavaScript literal (ECMA-262 12.9.4) and safe in an HTML `<script>`: `<`, `>` and
    `&` are written \u003c … (WHATWG HTML 13.2.5.4: no `</script>` or `<!--` can form), so are U+2028 and
    U+2029, which end a line in older JavaScript, and invisible characters, so that what a reviewer sees
    is what is there. The value itself is kept, except that half a surrogate pair becomes U+FFFD: strict
    readers such as Chromium's refuse it.
    """
    if isinstance(value, list | tuple):
        return "[" + ", ".join(json(item) for item in value) + "]"
    return _json_text(value)


@_remembered
def _json_text(text: Text) -> str:
    return _JSON_ESCAPED.sub(_json_escape, dumps(_raw(text), ensure_ascii=False))


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


@_remembered
def sh(text: Text) -> str:
    """One word of a POSIX shell: in single quotes, within which nothing is special (XCU 2.2.2).

    A leading `-` is the template's business: it ends options with `--` where a command takes any.
    """
    return shlex.quote(printable(text))


@_remembered
def xml(text: Text) -> str:
    """Character data or a quoted attribute value of XML 1.0 (2.4, 2.2: invisible characters are gone)."""
    escaped = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;").replace("'", "&#39;")


@_remembered
def reg(text: Text) -> str:
    r"""Inside a `"…"` value of a .reg file (Windows Registry Editor 5.00, REG_SZ): `\` and `"` escaped.

    The quotes are the template's. `%NAME%` stays text, for REG_SZ is not expanded (REG_EXPAND_SZ is).
    """
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')


@_remembered
def desktop(text: Text) -> str:
    r"""A string or localestring value of a desktop entry (Desktop Entry Specification, Possible value types).

    `\` is written `\\`; the other escapes (`\s \n \t \r`) never occur in one printable line. Not for
    Exec, whose quoting and `%` codes are another language: no free text may stand there.
    """
    return printable(text).replace("\\", "\\\\")


FILTERS: dict[str, Callable[..., str]] = {
    "comment": comment,
    "descr": descr,
    "desktop": desktop,
    "json": json,
    "reg": reg,
    "sh": sh,
    "xml": xml,
}
"""By the name templates use."""
