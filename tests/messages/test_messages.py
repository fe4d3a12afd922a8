"""Both languages say everything the source can say, with the same parameters, and nothing else."""

import ast
import re
import string

import pytest
import yaml
from support import ROOT

from zxnet.problems import Place, Problem, message

FILES = {lang: ROOT / f"zxnet/messages/{lang}.yaml" for lang in ("en", "zh")}
EN, ZH = (yaml.safe_load(path.read_text("utf-8")) for path in FILES.values())
CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")
FILE_NAMES = re.compile(r".*\.(yaml|lock|json)")
FACTS = ROOT / "zxnet/design/rules.py"  # names inventory values (unit.order), which look like codes


def parts(entry: str | list[str]) -> list[str]:
    return [entry] if isinstance(entry, str) else entry


def placeholders(entry: str | list[str]) -> set[str]:
    return {name for part in parts(entry) for _, name, _, _ in string.Formatter().parse(part) if name}


def in_source() -> set[str]:
    """Every literal under zxnet/ that has the form of a code in one of the catalogue's groups."""
    groups = {code.partition(".")[0] for code in EN}
    spoken = yaml.safe_load((ROOT / "zxnet/messages/cli.en.yaml").read_text("utf-8"))
    found = set()
    for path in sorted((ROOT / "zxnet").rglob("*.py")):
        if path == FACTS:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if (
                    CODE.fullmatch(text)
                    and text.partition(".")[0] in groups
                    and not FILE_NAMES.fullmatch(text)
                ):
                    found.add(text)
    return found - set(spoken)


def test_both_languages_have_the_same_codes_in_the_same_order():
    assert list(EN) == list(ZH)


@pytest.mark.parametrize("code", EN)
def test_both_languages_have_the_same_parameters(code: str):
    assert placeholders(EN[code]) == placeholders(ZH[code])
    assert len(parts(EN[code])) == len(parts(ZH[code]))


def test_every_code_of_the_source_has_its_words():
    assert in_source() - set(EN) == set()


def test_no_message_is_left_over():
    assert set(EN) - in_source() == {"nearest"}


@pytest.mark.parametrize("catalogue", [EN, ZH], ids=["en", "zh"])
def test_sentences_are_whole(catalogue: dict[str, str | list[str]]):
    for code, entry in catalogue.items():
        assert len(parts(entry)) in {1, 2}, code
        for part in parts(entry):
            assert part.endswith((".", "?", "。", "？")), (code, part)
            assert part == part.strip(), (code, part)


def test_chinese_is_chinese():
    for code, entry in ZH.items():
        for part in parts(entry):
            assert re.search(r"[一-鿿]", part), (code, part)


def test_a_nearest_name_comes_before_the_hint():
    problem = Problem("unit.peer_unknown", Place("f", 1, 2), {"name": "gongan", "nearest": "gonganju"})
    assert problem.hint() == "Did you mean “gonganju”? Peers are ids of units."
    assert problem.hint("zh") == "是否想写“gonganju”？ 互通单位写接入单位的标识。"
    assert (
        Problem("unit.peer_unknown", Place("f"), {"name": "x", "nearest": ""}).hint()
        == "Peers are ids of units."
    )


def test_a_parameter_is_never_read_as_a_template():
    assert (
        message("unit.peer_unknown", "en", {"name": "{0.__class__}{x"})[0]
        == "There is no unit {0.__class__}{x."
    )
