"""Types of the values in the files: what is accepted, in one place, for loading and for the JSON Schema.

Each is strict: no number is taken for a word, no word for a number. Their errors are raised as
PydanticCustomError with a message code of ours, so that `check` can say them in either language.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator, StrictBool, StrictInt, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from zxnet.inet import Inet
from zxnet.text import FreeText


def _wrong(code: str, **params: str) -> PydanticCustomError:
    return PydanticCustomError("zxnet", code, dict(params))


def _text(value: Any) -> FreeText:
    if not isinstance(value, str):
        raise _wrong("value.text")
    if "\n" in value or "\r" in value:
        raise _wrong("value.one_line")
    if not value.strip() or len(value) > 200:
        raise _wrong("value.text_length")
    for char in value:  # an escape in quotes ("\u202e") gets past the reader of the file
        if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
            raise _wrong("value.character", char=f"U+{ord(char):04X}")
    return FreeText(value)


def _day(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong("value.date")


def _inet(value: Any) -> Inet:
    # Scopes (%eth0) and masks (/255.0.0.0) are the library's extras, not ours.
    if isinstance(value, str) and re.fullmatch(r"[0-9a-fA-F.:]+(?:/\d{1,3})?", value, re.ASCII):
        try:
            return Inet.parse(value)
        except ValueError:
            pass
    raise _wrong("value.address")


def _prefix(value: Any) -> Inet:
    net = _inet(value)
    if "/" not in value:
        raise _wrong("value.prefix")
    if net.network != net:
        raise _wrong("value.host_bits", network=net.cidr)
    return net


def _host_net(value: Any) -> Inet:
    net = _inet(value)
    if "/" not in value or net.network == net:
        raise _wrong("value.host_net")
    return net


def _host(value: Any) -> Inet:
    if not isinstance(value, str) or "/" in value:
        raise _wrong("value.host")
    return _inet(value)


def _of_family(parse: Any, family: int) -> Any:
    """The same parser, for one family only."""

    def check(value: Any) -> Inet:
        found: Inet = parse(value)
        if found.family != family:
            raise _wrong("value.family", family=f"IPv{family}")
        return found

    return PlainValidator(check)


@dataclass(frozen=True)
class Word:
    """A string of a fixed form; a mismatch is reported under the message code of the form."""

    regex: str
    code: str
    description: str

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        compiled = re.compile(self.regex)

        def check(value: Any) -> str:
            if isinstance(value, str) and compiled.fullmatch(value):
                return value
            raise _wrong(self.code)

        return core_schema.no_info_plain_validator_function(check)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: Any) -> dict[str, str]:
        return {"type": "string", "pattern": f"^{self.regex}$", "description": self.description}


Text = Annotated[
    FreeText,
    PlainValidator(_text),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200, "description": "Free text."}),
]
"""Anything a person wants to write, on one line."""

Post = Text
"""A post 岗位, never a person's name."""

Slug = Annotated[
    str, Word(r"[a-z][a-z0-9]{1,15}", "value.slug", "2–16 lower-case letters and digits, a letter first.")
]
"""An id that ends up in device names, interface names and paths, hence short and plain."""

LinkId = Annotated[
    str,
    Word(
        r"[a-z][a-z0-9]{1,15}(?:-[a-z0-9]{1,15}){0,2}", "value.link_id", "Lower-case words joined by hyphens."
    ),
]
DeviceId = Annotated[
    str,
    Word(
        r"[a-z][a-z0-9]{1,15}-(?:cpe|router|vpn|bras|agg|store|pe)[1-9]",
        "value.device_id",
        "<owner>-<function><n>",
    ),
]
Reference = Annotated[
    str,
    Word(
        r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}",
        "value.reference",
        "Order, lease, circuit or serial number: letters, digits and ./_-",
    ),
]
Model = Annotated[
    str,
    Word(r"[A-Za-z0-9][A-Za-z0-9()._-]{0,31}", "value.model", "A model or release; in quotes if numeric."),
]
Code = Annotated[
    str, Word(r"[0-9]{6,12}", "value.code", "Administrative division code: 6–12 digits, in quotes.")
]
Host = Annotated[
    Inet, PlainValidator(_host), WithJsonSchema({"type": "string", "description": "An address."})
]
"""An address without a length, e.g. 10.53.250.10."""
Net = Annotated[
    Inet,
    PlainValidator(_prefix),
    WithJsonSchema({"type": "string", "description": "A prefix, host bits zero: 10.96.0.0/12."}),
]
Host4 = Annotated[
    Inet,
    _of_family(_host, 4),
    WithJsonSchema({"type": "string", "format": "ipv4", "description": "An IPv4 address."}),
]
Host6 = Annotated[
    Inet,
    _of_family(_host, 6),
    WithJsonSchema({"type": "string", "format": "ipv6", "description": "An IPv6 address."}),
]
Net4 = Annotated[
    Inet,
    _of_family(_prefix, 4),
    WithJsonSchema({"type": "string", "description": "An IPv4 prefix, host bits zero: 10.96.0.0/12."}),
]
Net6 = Annotated[
    Inet,
    _of_family(_prefix, 6),
    WithJsonSchema({"type": "string", "description": "An IPv6 prefix, host bits zero: fd00:96::/40."}),
]
HostNet4 = Annotated[
    Inet,
    _of_family(_host_net, 4),
    WithJsonSchema(
        {"type": "string", "description": "An IPv4 address with its prefix length: 10.119.0.2/24."}
    ),
]
Day = Annotated[
    date,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "description": "YYYY-MM-DD"}),
]
Url = Annotated[
    str, Word(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?", "value.url", "http(s) URL.")
]
Domain = Annotated[
    str,
    Word(
        r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}", "value.domain", "A DNS name in lower case."
    ),
]
HostPort = Annotated[str, Word(r"[a-z0-9.-]+:[0-9]{1,5}", "value.host_port", "host:port")]
Path = Annotated[str, Word(r"/[A-Za-z0-9._/-]{0,99}", "value.path", "An absolute path.")]
Port = Annotated[
    str, Word(r"[A-Za-z][A-Za-z0-9/.-]{1,39}", "value.port", "A port name as the platform writes it.")
]
Name = Annotated[
    str, Word(r"[A-Za-z][A-Za-z0-9_.-]{0,31}", "value.name", "Letters, digits and _.-; a letter first.")
]

Number = Annotated[StrictInt, Field(ge=0)]
Positive = Annotated[StrictInt, Field(ge=1)]
Short = Annotated[StrictInt, Field(ge=1, le=65535)]
"""What protocols and platforms keep in 16 bits: BGP and OSPF timers and costs, probe and DPD intervals."""
Lifetime = Annotated[StrictInt, Field(ge=300, le=86400)]
"""Seconds a key may live: what every platform of the county takes."""
Flag = StrictBool
