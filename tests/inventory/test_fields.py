"""Types of values: what is accepted, what is refused, and that nothing else can happen."""

from contextlib import suppress
from typing import Annotated, Any, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from zxnet.inet import Inet
from zxnet.inventory import fields
from zxnet.text import FreeText

KINDS = {name: kind for name, kind in vars(fields).items() if get_origin(kind) is Annotated}
"""Every type fields.py offers."""
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet="0123456789abcdefABCDEF.:/-_% \n", max_size=30),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def code(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return str(caught.value.errors()[0]["msg"])


@pytest.mark.parametrize("name", KINDS)
@given(value=ANYTHING)
def test_a_value_is_taken_or_refused(name: str, value: object):
    with suppress(ValidationError):
        taken = TypeAdapter(KINDS[name]).validate_python(value)
        if isinstance(taken, str):  # words end up in configurations: nothing in them can end a command
            assert taken == value
            assert taken.isascii()
            assert taken.isprintable()
            assert not set(taken) & set(" '\"`$\\;|&<>{}[]!?*#%\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Slug", "wufeng"),
        ("LinkId", "hub-city"),
        ("DeviceId", "hub-router1"),
        ("DeviceId", "wufeng-cpe1"),
        ("Reference", "SYN-ORD-2008-0001"),
        ("Model", "AR651"),
        ("Model", "15.9(3)M"),
        ("Code", "530627101"),
        ("Url", "https://oa.egov.example/a/b"),
        ("Domain", "zx.egov.example"),
        ("HostPort", "proxy.egov.example:3128"),
        ("Path", "/srv/documents"),
        ("Port", "GigabitEthernet0/0/1.20"),
        ("Name", "zx_admin-1"),
        ("Number", 0),
        ("Positive", 1),
        ("Flag", True),
    ],
)
def test_accepted(name: str, value: object):
    assert TypeAdapter(KINDS[name]).validate_python(value) == value


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Slug", "Wufeng", "value.slug"),
        ("Slug", "wu-feng", "value.slug"),
        ("Slug", "w", "value.slug"),
        ("Slug", "wufeng\n", "value.slug"),
        ("Slug", "ｗｕｆｅｎｇ", "value.slug"),
        ("Slug", 5, "value.slug"),
        ("Code", "５３０６２７", "value.code"),
        ("Reference", "a b", "value.reference"),
        ("Day", "2008-02-30", "value.date"),
        ("Day", "2008-2-3", "value.date"),
        ("Day", "２００８-０１-０１", "value.date"),
        ("Day", 20080101, "value.date"),
        ("Url", "https://user@host/", "value.url"),
        ("Url", "javascript:alert(1)", "value.url"),
        ("Url", "https://host/?q=1", "value.url"),
        ("Path", "srv", "value.path"),
        ("Text", "", "value.text_length"),
        ("Text", "  ", "value.text_length"),
        ("Text", "x" * 201, "value.text_length"),
        ("Text", "a\nb", "value.one_line"),
        ("Text", "a\u202eb", "value.character"),
        ("Text", "a\x00b", "value.character"),
        ("Text", 5, "value.text"),
        ("Host", "10.0.0.1/24", "value.host"),
        ("Host", "10.0.0.256", "value.address"),
        ("Host", "fe80::1%eth0", "value.address"),
        ("Host", "010.0.0.1", "value.address"),
        ("Host4", "fd00::1", "value.family"),
        ("Host6", "10.0.0.1", "value.family"),
        ("Net", "10.0.0.0", "value.prefix"),
        ("Net", "10.0.0.1/24", "value.host_bits"),
        ("Net", "10.0.0.0/255.0.0.0", "value.address"),
        ("Net", "10.0.0.0/33", "value.address"),
        ("Net4", "fd00::/8", "value.family"),
        ("Net6", "10.0.0.0/8", "value.family"),
        ("HostNet4", "10.0.0.0/24", "value.host_net"),
    ],
)
def test_refused(name: str, value: object, expected: str):
    assert code(KINDS[name], value) == expected


def test_text_is_free_text_and_chinese_is_welcome():
    taken = TypeAdapter(fields.Text).validate_python("林口彝族苗族乡（全角）")
    assert taken == FreeText("林口彝族苗族乡（全角）")


@given(st.ip_addresses(), st.integers(0, 128))
def test_prefixes_keep_what_was_written(address: Any, length: int):
    length = min(length, address.max_prefixlen)
    network = Inet.parse(f"{address}/{length}").network
    assert TypeAdapter(fields.Net).validate_python(str(network)) == network
