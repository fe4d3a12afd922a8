"""Edits change one value and not one byte else."""

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zxnet.errors import InvalidInput
from zxnet.inventory.edit import add_unit, flow, parse_value, set_value
from zxnet.inventory.yamlreader import parse

TEXT = """\
# the file's own words
townships:
# before the first
- id: aaa   # its id
  name: 甲镇
  terminals: 5 # counted in July
  order: {tier: adsl-2m, medium: adsl} # ordered
  posts:
    responsible: 主任   # a post

    technician: 信息员
  zones:
  - {zone: gongan, vlan: 20}
  - {zone: caizheng, vlan: 30}
  dates: {planned: 2008-07-28}

# between
- id: bbb
  name: 乙镇
  terminals: 12
  notes: "last"
"""


def changed(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def edit(path: str, value: str | None, unit: str = "aaa") -> list[str]:
    after = set_value("f.yaml", TEXT, unit, tuple(path.split(".")), value)
    parse("f.yaml", after)
    return changed(TEXT, after)


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        ("terminals", "11", ["-   terminals: 5 # counted in July", "+   terminals: 11 # counted in July"]),
        (
            "order.tier",
            "fibre-10m",
            [
                "-   order: {tier: adsl-2m, medium: adsl} # ordered",
                "+   order: {tier: fibre-10m, medium: adsl} # ordered",
            ],
        ),
        (
            "order.number",
            "ZX-1",
            [
                "-   order: {tier: adsl-2m, medium: adsl} # ordered",
                "+   order: {tier: adsl-2m, medium: adsl, number: ZX-1} # ordered",
            ],
        ),
        (
            "posts.responsible",
            "所长",
            ["-     responsible: 主任   # a post", "+     responsible: 所长   # a post"],
        ),
        ("medium", "fibre", ["+   medium: fibre"]),
        ("lease.number", "L-1", ["+   lease: {number: L-1}"]),
        (
            "order.medium",
            None,
            ["-   order: {tier: adsl-2m, medium: adsl} # ordered", "+   order: {tier: adsl-2m} # ordered"],
        ),
        (
            "order.tier",
            None,
            ["-   order: {tier: adsl-2m, medium: adsl} # ordered", "+   order: {medium: adsl} # ordered"],
        ),
        ("terminals", None, ["-   terminals: 5 # counted in July"]),
        ("medium", None, []),
        (
            "zones",
            "[]",
            [
                "-   zones:",
                "+   zones: []",
                "-   - {zone: gongan, vlan: 20}",
                "-   - {zone: caizheng, vlan: 30}",
            ],
        ),
    ],
)
def test_only_the_value_changes(path, value, lines):
    assert edit(path, value) == lines


def test_a_new_key_goes_where_the_model_wants_it():
    after = set_value("f.yaml", TEXT, "aaa", ("medium",), "fibre")
    assert "  terminals: 5 # counted in July\n  medium: fibre\n  order:" in after


def test_the_last_unit_of_a_file_can_grow():
    assert edit("dates.planned", "2008-07-28", "bbb") == ["+   dates: {planned: 2008-07-28}"]
    shorter = TEXT.removesuffix("\n")
    after = set_value("f.yaml", shorter, "bbb", ("dates",), "{planned: 2008-07-28}")
    assert yaml.safe_load(after)["townships"][1]["notes"] == "last"


def test_a_path_through_a_scalar_is_refused():
    with pytest.raises(InvalidInput) as refused:
        edit("terminals.many", "1")
    assert refused.value.problems[0].code == "argument.not_a_mapping"


def test_a_unit_is_appended_in_the_file_s_style():
    after = add_unit(
        TEXT, "townships", {"id": "ccc", "name": "丙镇", "code": "530627", "dates": {"planned": "x"}}
    )
    assert after == TEXT + "\n- id: ccc\n  name: 丙镇\n  code: '530627'\n  dates: {planned: x}\n"


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), min_size=1
    )
)
def test_any_text_is_written_as_that_value(value):
    """What a person types becomes the value itself or, where it is YAML, what YAML makes of it."""
    written = parse_value(value)
    after = set_value("f.yaml", TEXT, "aaa", ("name",), written)
    document = yaml.safe_load(after)["townships"]
    assert document[1] == yaml.safe_load(TEXT)["townships"][1]
    assert changed_only(document[0], "name")


def changed_only(unit, key):
    before = yaml.safe_load(TEXT)["townships"][0]
    return {k: v for k, v in unit.items() if k != key} == {k: v for k, v in before.items() if k != key}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff")))
def test_flow_is_one_line_and_round_trips(value):
    assert "\n" not in flow(value)
    assert yaml.safe_load(flow(value)) == value


def test_two_lines_are_refused():
    with pytest.raises(InvalidInput):
        parse_value("a\nb: c")
