"""`check`: the sample county, the rules that no file of the error cases can reach, and its cost."""

import dataclasses
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from zxnet.errors import InvalidInput
from zxnet.inet import Inet
from zxnet.inventory import explain
from zxnet.inventory.check import RULES, check
from zxnet.inventory.checks import equipment
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import ANY_UNIT, adapter, load
from zxnet.inventory.source import inside, read_text
from zxnet.inventory.units import Unit
from zxnet.inventory.yamlreader import Marks
from zxnet.platforms.catalog import Platform, load_platform

MINIMAL = ROOT / "tests/projects/minimal"
STATES = ("planned", "ordered", "in_service", "suspended", "withdrawn")


@pytest.fixture(scope="module")
def sample() -> Inventory:
    loaded = load(ROOT)
    assert loaded.problems == []
    assert loaded.inventory is not None
    return loaded.inventory


@pytest.fixture
def minimal() -> Inventory:
    loaded = load(MINIMAL)
    assert loaded.inventory is not None
    return loaded.inventory


# --- the sample county --------------------------------------------------------------------------


def test_the_sample_is_valid_but_for_two_units_that_grew(sample: Inventory):
    found = check(sample)
    assert [(p.severity, p.code) for p in found] == [("warning", "unit.tier_above")] * 2


def test_the_sample_has_the_28_townships_and_their_known_codes(sample: Inventory):
    townships = [u for u in sample.units.values() if u.kind == "township"]
    assert len(townships) == 28
    assert Counter(u.name.raw[-1] for u in townships) == {"镇": 16, "乡": 12}
    assert {u.id for u in townships if u.code is None} == {
        "zhongtun",
        "muzhuo",
        "yanyuan",
        "wanchang",
        "pingshang",
    }
    assert len([u for u in sample.units.values() if u.kind == "department"]) >= 60


def test_the_sample_has_units_at_every_threshold(sample: Inventory):
    assert {1, 10, 11, 30, 31} <= {u.terminals for u in sample.units.values()}


def test_the_sample_has_every_state_and_each_tier_medium_and_platform(sample: Inventory):
    assert {u.state for u in sample.units.values()} == set(STATES)
    rendered = [u for u in sample.units.values() if u.rendered and u.order]
    accesses = {(tier.id, access.medium) for tier in sample.tiers for access in tier.media}
    platforms = {"huawei_vrp", "hp_comware", "cisco_ios", "linux"}
    wanted = {(*access, platform) for access in accesses for platform in platforms}
    assert {(u.order.tier, u.order.medium, u.cpe.platform) for u in rendered if u.order} == wanted
    assert sum(u.medium == "fibre" and u.terminals <= 10 for u in rendered) >= 3


def test_the_sample_has_zones_peers_and_every_kind_of_hand_off(sample: Inventory):
    units = sample.units.values()
    assert {m.zone for u in units for m in u.zones} == {"gongan", "caizheng"}
    assert any(u.zones and u.order and u.order.medium == "adsl" for u in units)
    assert any(u.peers for u in units)
    assert {u.lan.handoff for u in units if u.lan.prefix4} == {"gateway", "routed"}
    assert any(u.encryption == "required" and u.order and u.order.medium == "fibre" for u in units)


# --- what the error cases cannot reach ----------------------------------------------------------


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A catalogue whose linux lacks something."""

    def lack(**changes: Any) -> None:
        less = dataclasses.replace(load_platform("linux"), **changes)

        def platform(name: str) -> Platform:
            return less if name == "linux" else load_platform(name)

        monkeypatch.setattr(equipment, "_platform", platform)

    return lack


def codes(inventory: Inventory) -> Counter[str]:
    return Counter(p.code for p in check(inventory))


def test_a_cell_of_the_matrix_without_a_source_is_refused_by_name(minimal: Inventory, lacking: Any):
    matrix = {**load_platform("linux").matrix, "bras": frozenset[int]()}
    lacking(matrix=matrix, missing={"bras/4": "the manual of pppoe-server"})
    (problem,) = check(minimal)
    assert problem.code == "device.not_rendered"
    assert "the manual of pppoe-server" in problem.message()
    assert str(problem.place).startswith("inventory/facilities.yaml:")


def test_private_zones_need_a_source_wherever_they_go(minimal: Inventory, lacking: Any):
    lacking(zones=frozenset({"router"}))
    assert codes(minimal) == {"device.no_zones": 3}  # both gateways and the one CPE in a zone


def test_an_algorithm_without_a_word_is_refused_once_a_release(minimal: Inventory, lacking: Any):
    lacking(words={"debian-12": {"ike_dh": {"20": "ecp384"}}})
    (problem,) = check(minimal)
    assert (problem.code, problem.params["slot"]) == ("device.algorithm", "ike_dh")


def test_a_model_only_does_what_it_can(minimal: Inventory, lacking: Any):
    models = load_platform("linux").models
    lacking(models={**models, "x86-4p": dataclasses.replace(models["x86-4p"], functions=("cpe",))})
    assert codes(minimal) == {"device.function": 5}


def test_paths_never_leave_the_project(tmp_path: Path):
    for path in ("../tiers.yaml", "/etc/passwd", "inventory/../../x"):
        with pytest.raises(InvalidInput) as caught:
            inside(tmp_path, path)
        assert caught.value.problems[0].code == "file.outside"


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "tiers.yaml").write_text("a: 1\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InvalidInput) as caught:
        read_text(tmp_path, "tiers.yaml")
    assert caught.value.problems[0].message() == "The file cannot be read: Permission denied."


def test_a_kind_of_error_pydantic_may_invent_still_has_words():
    assert explain._wrong_value("made_up_tomorrow", {}) == ("schema.invalid", {})


def test_units_of_an_unreadable_file_count_as_known(minimal: Inventory):
    units = {k: u for k, u in minimal.units.items() if k != "jishengju"}
    left = dataclasses.replace(minimal, units=units)
    assert codes(left) == {"unit.peer_unknown": 1}
    assert check(left, {"jishengju"}) == []
    assert check(left, {ANY_UNIT}) == []


# --- properties of the rules --------------------------------------------------------------------


def test_every_rule_says_where_it_comes_from():
    for rule in RULES:
        assert rule.__doc__, rule


def test_problems_come_in_the_order_of_the_files():
    loaded = load(MINIMAL)
    assert loaded.inventory is not None
    broken = dataclasses.replace(loaded.inventory, tiers=loaded.inventory.tiers[:1])
    found = check(broken)
    assert len(found) > 2
    assert all(a.place <= b.place for a, b in pairwise(found))


def many(base: Inventory, count: int, **changes: Any) -> Inventory:
    """`count` departments, half of them with a prefix of their own; the pools are wide enough."""
    plan = base.county.addressing
    wide = {
        "lan": "10.128.0.0/10",
        "wan": "10.64.0.0/11",
        "tunnel_hub": "10.112.0.0/14",
        "loopback": "100.80.0.0/16",
    }
    pools: dict[str, Any] = {
        name: dataclasses.replace(getattr(plan, name), v4=Inet.parse(text)) for name, text in wide.items()
    }
    validate = adapter(Unit).validate_python
    units, marks = {}, {}
    for n in range(count):
        day = "2008-08-04"
        unit = validate(
            {
                "id": f"unit{n}",
                "kind": "department",
                "name": f"单位 {n}",
                "name_en": f"Unit {n}",
                "state": "in_service",
                "terminals": 20,
                "order": {"tier": "fibre-10m", "medium": "fibre", "number": f"O-{n}", "date": day},
                "lease": {"number": f"L-{n}", "date": day, "until": "2011-08-04"},
                "circuit": f"C-{n}",
                "class": "A",
                "peers": [f"unit{n ^ 1}"],
                "posts": {"responsible": "主任", "technician": "信息员"},
                "secrecy": {"number": "S", "date": day, "result": "unclassified"},
                "training": {"date": day, "people": 2},
                "demarcation": {"place": "机房"},
                "lan": {"prefix4": f"172.{16 + n // 2048}.{n // 8 % 256}.{n % 8 * 32}/27"} if n % 2 else {},
                "cpe": {"platform": "linux", "model": "x86-4p", "release": "debian-12", "serial": f"S-{n}"},
                "dates": {"planned": day, "ordered": day, "in_service": day},
                **changes,
            }
        )
        units[unit.id] = unit
        marks[unit.id] = Marks("inventory/departments.yaml", (), base.unit_marks["jiazhen"].spots[:0])
    addressing = dataclasses.replace(
        plan,
        **pools,
        unit_asn=dataclasses.replace(plan.unit_asn, last=4200099999),
        vlan=dataclasses.replace(plan.vlan, last=4094),
    )
    county = dataclasses.replace(base.county, addressing=addressing, townships=1)
    return dataclasses.replace(base, county=county, units=units, unit_marks=marks)


def cpu(inventory: Inventory) -> tuple[float, Counter[str]]:
    start = time.process_time()
    found = check(inventory)
    return time.process_time() - start, Counter(p.code for p in found)


def test_ten_thousand_units_take_less_than_a_second(minimal: Inventory):
    spent, found = cpu(many(minimal, 10_000))
    # One POP has 4,094 VLANs, and the townships are not there: nothing else may be wrong.
    assert found == {"county.pool_full": 1, "unit.township_count": 1}
    assert spent < 1.0


def test_ten_thousand_wrong_units_take_seconds_not_hours(minimal: Inventory):
    wrong = {"peers": ["nobody"], "lan": {"prefix4": "172.16.0.0/27"}, "circuit": "C", "medium": "adsl"}
    spent, found = cpu(many(minimal, 10_000, **wrong))
    assert found["unit.peer_unknown"] == 10_000
    assert found["address.overlap"] == 9_999
    assert found["unit.circuit_twice"] == 9_999
    assert spent < 10.0
