r"""The rulebook's syntax language, after the vendors' own command references.

    peer <address:ip4> as-number <asn>     words stand for themselves, <name:type> is a value
    { md5 | sha }                          one of
    [ track nqa <admin:name> <test:name> ] optional
    description <text>                     type `text` takes the rest of the line
    chain <chain> \{                       a backslash makes a bracket or bar stand for itself

`<name>` is short for `<name:name>`: a type may be named after what it holds. Types are regular
expressions: the rulebook's own over the ones here.
"""

from __future__ import annotations

import re

__all__ = ["TYPES", "compile_syntax", "first_token"]

_IP4 = r"(?:\d{1,3}\.){3}\d{1,3}"  # the form; that octets end at 255 is the inventory's affair

TYPES = {
    "int": r"\d+",
    "name": r"[A-Za-z0-9_.\-/:@]+",
    "ip4": _IP4,
    "mask": _IP4,
    "wildcard": _IP4,
    "prefix4": rf"{_IP4}/\d{{1,2}}",
    "ip6": r"[0-9a-f:.]*:[0-9a-f:.]*",
    "prefix6": r"[0-9a-f:.]*:[0-9a-f:.]*/\d{1,3}",
    "secret": r"<secret:[a-z0-9_./@-]+@\d+>",
    "text": r"\S(?:.*\S)?",
}

_TOKEN = re.compile(r"\s*(?:(?P<open>[\[{])|(?P<close>[\]}])|(?P<bar>\|)|(?P<word>(?:\\.|[^\s|\[\]{}])+))")
_VALUE = re.compile(r"<(?P<name>[a-z][a-z0-9_]*)(?::(?P<type>[a-z][a-z0-9_]*))?>")
_CLOSES = {"[": "]", "{": "}"}


class _Compiler:
    """Recursive descent over the tokens of one syntax line, building a regular expression."""

    def __init__(self, syntax: str, types: dict[str, str]) -> None:
        self.syntax, self.types = syntax, types
        self.tokens = list(_TOKEN.finditer(syntax))
        self.position = 0
        self.names: set[str] = set()

    def sequence(self, until: str = "") -> str:
        """Alternatives of sequences, up to the closing bracket or the end."""
        alternatives: list[str] = []
        parts = ""
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token["close"]:
                if token["close"] != until:
                    break
                return "|".join([*alternatives, parts])
            if token["bar"]:
                alternatives.append(parts)
                parts = ""
            else:
                parts += self.item(token, parts)
        else:
            if not until:
                return "|".join([*alternatives, parts])
        raise ValueError(f"unbalanced brackets in syntax {self.syntax!r}")

    def item(self, token: re.Match[str], before: str) -> str:
        """A word, a choice or an option, with the space that separates it from what stands before."""
        space = " " if before and not before.endswith(" )?") else ""
        if not token["open"]:
            return space + self.word(token["word"])
        inner = self.sequence(_CLOSES[token["open"]])
        if token["open"] == "{":
            return f"{space}(?:{inner})"
        return f"(?: (?:{inner}))?" if before else f"(?:(?:{inner}) )?"

    def word(self, text: str) -> str:
        parts, last = [], 0
        for found in _VALUE.finditer(text):
            parts += [_literal(text[last : found.start()]), self.value(found)]
            last = found.end()
        return "".join(parts) + _literal(text[last:])

    def value(self, found: re.Match[str]) -> str:
        name, kind = found["name"], found["type"] or found["name"]
        regex = self.types.get(kind)
        if regex is None:
            raise ValueError(f"unknown type <{kind}> in syntax {self.syntax!r}")
        if name in self.names:  # the same value in another branch
            return f"(?:{regex})"
        self.names.add(name)
        return f"(?P<{name}>{regex})"


def _literal(text: str) -> str:
    return re.escape(re.sub(r"\\(.)", r"\1", text))


def compile_syntax(syntax: str, types: dict[str, str]) -> re.Pattern[str]:
    """Compile one syntax line. Raises ValueError when it is malformed or names an unknown type."""
    return re.compile(_Compiler(syntax, types).sequence())


def first_token(syntax: str) -> str:
    """The literal first word, or "" when the line may start with a value or a bracket."""
    token = syntax.split(maxsplit=1)[0]
    return "" if token[0] in "[{<" or "<" in token else token.replace("\\", "")
