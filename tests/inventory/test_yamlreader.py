"""The YAML reader: a strict subset, the same values as PyYAML where both agree, and a place for each."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zxnet.errors import InvalidInput
from zxnet.inventory.yamlreader import MAX_DEPTH, Document, parse
from zxnet.problems import Problem

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)
FILES = st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), VALUES, min_size=1, max_size=4)


def codes(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse("f.yaml", text)
    return [problem.code for problem in caught.value.problems]


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict) and value:
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))]
    return [(path, value)]


def outcome(text: str) -> Document | list[Problem]:
    """The document, or the reasons there is none. Any other exception fails the test."""
    try:
        return parse("f.yaml", text)
    except InvalidInput as error:
        return list(error.problems)


@given(st.text() | st.text(alphabet="ab:-[]{},&*!|>'\"%@#?~ \n0123456789.<"))
def test_any_text_parses_or_is_refused(text: str):
    found = outcome(text)
    assert isinstance(found, Document) or found
    if isinstance(found, list):
        assert all(p.place.file == "f.yaml" and p.message() for p in found)


def written(value: Any, pad: str = "") -> str:
    """Block style, as a person would write it; scalars and empty collections as JSON."""
    if isinstance(value, dict) and value:
        return "".join(f"\n{pad}{key}: {written(item, pad + '  ')}" for key, item in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{pad}- {written(item, pad + '  ')}" for item in value)
    return json.dumps(value, ensure_ascii=False)


@given(value=FILES, flow=st.booleans())
def test_documents_read_as_they_were_written(*, value: dict[str, Any], flow: bool):
    text = json.dumps(value, ensure_ascii=False) if flow else written(value)
    assert parse("f.yaml", text).value == value


@given(value=FILES, flow=st.booleans())
def test_marks_point_at_the_value(*, value: dict[str, Any], flow: bool):
    text = json.dumps(value, ensure_ascii=False) if flow else written(value)
    document = parse("f.yaml", text)
    lines = text.split("\n")
    for path, leaf in leaves(value):
        place = document.find(path)
        assert lines[place.line - 1][place.column - 1 :].startswith(json.dumps(leaf, ensure_ascii=False))


def test_places_of_values_keys_and_items():
    text = "top:\n- id: one\n  list: [a, {k: v}]\n- id: two\nother: 5\n"
    document = parse("f.yaml", text, keys=True)
    assert str(document.find(("top", 0, "id"))) == "f.yaml:2:7"
    assert str(document.find(("top", 0, "list", 1, "k"))) == "f.yaml:3:17"
    assert str(document.find(("top", 1))) == "f.yaml:4:3"
    assert str(document.find(("other",))) == "f.yaml:5:8"
    assert str(document.keys["top", 0, "list"]) == "f.yaml:3:3"
    assert (
        str(document.items["top", 1].find(("missing", "deeper"))) == "f.yaml:4:3"
    )  # the nearest that encloses it


def test_items_of_one_shape_share_it():
    document = parse("f.yaml", "top:\n- {id: a, n: 1}\n- {id: b, n: 2}\n")
    assert document.items["top", 0].shape is document.items["top", 1].shape


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("+5", 5),
        ("0", 0),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),  # YAML 1.2: words, not truth values
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("2008-12-31", "2008-12-31"),
        ("12:30:45", "12:30:45"),  # no sexagesimals
        ("1_000", "1_000"),
        ('"5"', "5"),
        ("'true'", "true"),
        (".inf", ".inf"),
        ("9" * 40, "9" * 40),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object):
    found = parse("f.yaml", f"a: {text}\n").value["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "yaml.empty"),
        ("# nothing\n", "yaml.empty"),
        ("word\n", "yaml.not_a_mapping"),
        ("- a\n", "yaml.not_a_mapping"),
        ("*a\n", "yaml.not_a_mapping"),
        ("a: 1\n---\nb: 2\n", "yaml.documents"),
        ("a: &x 1\n", "yaml.anchor"),
        ("a: &x {b: 1}\n", "yaml.anchor"),
        ("&x a: 1\n", "yaml.anchor"),
        ("a: !!str 1\n", "yaml.tag"),
        ("a: !x [1]\n", "yaml.tag"),
        ("<<: {b: 1}\n", "yaml.merge"),
        ("a: 1\na: 2\n", "yaml.duplicate_key"),
        ("{[a]: 1}\n", "yaml.key"),
        ("? {a: 1}\n: 2\n", "yaml.key"),
        ("a: 007\n", "yaml.octal"),
        ("a: 0x1F\n", "yaml.octal"),
        ("a: 0o17\n", "yaml.octal"),
        ("a: [1\n", "yaml.syntax"),
        ("a: 'x\n", "yaml.syntax"),
        ("%YAML 9.9\n---\na: 1\n", "yaml.syntax"),
        ("a: \x07\n", "yaml.syntax"),
        ("a: \ud800\n", "yaml.syntax"),
        ("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n", "yaml.too_deep"),
        ("a: " + "[" * 100_000, "yaml.too_deep"),
        ("a: " + "{x: " * 100_000, "yaml.too_deep"),
    ],
)
def test_what_the_subset_leaves_out_is_refused(text: str, code: str):
    assert codes(text)[-1] == code


def test_aliases_are_not_expanded():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{k}: &{k} [*{p}, *{p}]\n" for p, k in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert set(codes(bomb)) == {"yaml.anchor", "yaml.alias"}


def test_every_refusal_of_a_file_comes_at_once():
    assert codes("a: &x 1\nb: *x\nc: !!str d\na: 010\n") == [
        "yaml.anchor",
        "yaml.alias",
        "yaml.tag",
        "yaml.duplicate_key",
        "yaml.octal",
    ]
